/**
 * The guarded fetcher: one HTTP request with limits on time, size, hops, ports and addresses. Nothing here reaches a private address unless
 * {@code fetch.allow-private} names it, at whatever hop, by whatever spelling. Open {@link io.broadsheet.http.Fetcher} first.
 */
@NullMarked
package io.broadsheet.http;

import org.jspecify.annotations.NullMarked;
