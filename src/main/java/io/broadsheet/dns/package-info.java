/**
 * Asking the domain name system (RFC 1035): texts, mail hosts, addresses, names of addresses. Promises that no question takes for ever, that what was
 * answered is kept as long as its time to live allows, and that "there is none" is never mixed up with "we could not find out". Open
 * {@link io.broadsheet.dns.Dns} first.
 */
@NullMarked
package io.broadsheet.dns;

import org.jspecify.annotations.NullMarked;
