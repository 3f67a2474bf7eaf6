package io.broadsheet.delivery;

import io.broadsheet.http.RegistrableDomain;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Who runs a mail server: many domains have theirs at the same provider, which counts all our mail together. */
final class ProviderGroup {
    /** By the domain that the servers' names end with. */
    private static final Map<String, String> BY_ENDING = byEnding();

    private ProviderGroup() {}

    private static Map<String, String> byEnding() {
        Map<String, String> endings = new LinkedHashMap<>();
        endings.put("google.com", "gmail");
        endings.put("googlemail.com", "gmail");
        endings.put("yahoodns.net", "yahoo");
        endings.put("outlook.com", "microsoft");
        endings.put("hotmail.com", "microsoft");
        endings.put("office365.us", "microsoft");
        endings.put("mx.microsoft", "microsoft");
        endings.put("icloud.com", "apple");
        endings.put("apple.com", "apple");
        endings.put("gmx.net", "gmx");
        endings.put("web.de", "gmx");
        endings.put("mail.com", "gmx");
        endings.put("kundenserver.de", "ionos");
        endings.put("ionos.de", "ionos");
        endings.put("ionos.com", "ionos");
        endings.put("ovh.net", "ovh");
        endings.put("protonmail.ch", "proton");
        endings.put("zoho.com", "zoho");
        endings.put("zoho.eu", "zoho");
        endings.put("messagingengine.com", "fastmail");
        endings.put("pphosted.com", "proofpoint");
        endings.put("ppe-hosted.com", "proofpoint");
        endings.put("mimecast.com", "mimecast");
        endings.put("comcast.net", "comcast");
        endings.put("mail.ru", "mailru");
        endings.put("yandex.net", "yandex");
        endings.put("yandex.ru", "yandex");
        endings.put("qq.com", "qq");
        return endings;
    }

    /**
     * @return the provider's short name, or, for a server of somebody else, the domain that can be registered: {@code mx1.example.co.uk}'s is
     *     {@code example.co.uk}
     */
    static String of(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        for (String ending = name; ending.indexOf('.') > 0; ending = ending.substring(ending.indexOf('.') + 1)) {
            String group = BY_ENDING.get(ending);
            if (group != null) {
                return group;
            }
        }
        return RegistrableDomain.of(name);
    }
}
