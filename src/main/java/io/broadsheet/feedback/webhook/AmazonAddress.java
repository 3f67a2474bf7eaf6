package io.broadsheet.feedback.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** Tells Amazon's addresses from those that only look like them. */
final class AmazonAddress {
    private static final Pattern SNS = Pattern.compile("sns\\.[a-z0-9-]{3,40}\\.amazonaws\\.com(\\.cn)?");
    private static final int HTTPS = 443;

    private AmazonAddress() {}

    /** Whether this is an https URL on SNS' own host in some region, its usual port, and without a user name. */
    static boolean isOfSns(String url) {
        try {
            URI uri = new URI(url);
            String host = uri.getHost();
            return "https".equals(uri.getScheme())
                    && host != null
                    && SNS.matcher(host).matches()
                    && uri.getRawUserInfo() == null
                    && (uri.getPort() == -1 || uri.getPort() == HTTPS);
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
