package io.broadsheet.dns;

/**
 * One MX record (RFC 1035 §3.3.9).
 *
 * @param preference 0 to 65535; the lower is tried first
 * @param host lower-case A-labels without a final dot; empty for the root, which says that the domain takes no mail (RFC 7505)
 */
public record MailHost(int preference, String host) {}
