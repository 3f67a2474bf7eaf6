/**
 * Do files and database agree? Reads the four definition files together, checks them against each other, and tells when they changed. Open {@link
 * io.broadsheet.provision.Definitions} first.
 */
@NullMarked
package io.broadsheet.provision;

import org.jspecify.annotations.NullMarked;
