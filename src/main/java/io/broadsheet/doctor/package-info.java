/**
 * Looks at an installation from the side of those who take its mail: names and records in DNS, signatures, TLS, one-click, what the large providers
 * demand, and how much they refused or complained of. It changes nothing, and says of what only others can see that it can't be seen from here. Open
 * {@link io.broadsheet.doctor.ExamineMail} first.
 */
@NullMarked
package io.broadsheet.doctor;

import org.jspecify.annotations.NullMarked;
