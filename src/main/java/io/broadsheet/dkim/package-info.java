/**
 * Signs mail (DKIM, RFC 6376 and RFC 8463): the keys and their files, the DNS records that publish them, and the signatures over the exact bytes of a
 * message. Headers and body go by {@code relaxed/relaxed}, no part of the body is left out, and fields that must not be added later are signed as
 * absent too. Open {@link io.broadsheet.dkim.Signer} first; {@link io.broadsheet.dkim.CheckKeys} asks DNS whether the world can verify them.
 */
@NullMarked
package io.broadsheet.dkim;

import org.jspecify.annotations.NullMarked;
