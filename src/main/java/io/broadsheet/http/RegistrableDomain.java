package io.broadsheet.http;

import okhttp3.HttpUrl;

/** The part of a host name that somebody can register, by the public suffix list that OkHttp carries. */
public final class RegistrableDomain {
    private RegistrableDomain() {}

    /** {@code example.co.uk} for {@code mx1.example.co.uk}; the name itself where it is a suffix, an address, or none at all. */
    public static String of(String host) {
        HttpUrl url = HttpUrl.parse("http://" + host + "/");
        String domain = url == null ? null : url.topPrivateDomain();
        return domain == null ? host : domain;
    }
}
