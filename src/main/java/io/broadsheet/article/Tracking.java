package io.broadsheet.article;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Query parameters that tell a site where a reader came from, and never which page is meant. */
final class Tracking {
    private static final List<String> PREFIXES =
            List.of("utm_", "mtm_", "pk_", "hsa_", "fb_", "oly_", "vero_", "ga_", "itm_", "hmb_", "campaign_");

    private static final Set<String> NAMES = Set.of(
            "fbclid",
            "_openstat",
            "gclid",
            "dclid",
            "gbraid",
            "wbraid",
            "gclsrc",
            "srsltid",
            "yclid",
            "ysclid",
            "twclid",
            "msclkid",
            "mc_cid",
            "mc_eid",
            "mc_tc",
            "wickedid",
            "_hsenc",
            "__hssc",
            "__hstc",
            "__hsfp",
            "_hsmi",
            "hsctatracking",
            "rb_clickid",
            "mkt_tok",
            "sc_cid",
            "_bhlid",
            "_branch_match_id",
            "_branch_referrer",
            "__readwiselocation",
            "igshid",
            "igphoto",
            "cmpid",
            "ncid",
            "ito",
            "smid",
            "spm",
            "at_medium",
            "at_campaign",
            "xtor",
            "partner",
            "emc",
            "wt.mc_id",
            "guccounter",
            "outputtype",
            "amp");

    /** They track only with a value that names a place readers come from: elsewhere they choose a page. */
    private static final Set<String> PLACES = Set.of("ref", "source");

    private static final Pattern HOST = Pattern.compile("(?:[a-z0-9-]+\\.)+[a-z]{2,}");

    private static final Set<String> CHANNELS = Set.of(
            "rss",
            "feed",
            "feeds",
            "atom",
            "rssfeed",
            "feedly",
            "inoreader",
            "feedburner",
            "newsletter",
            "email",
            "mail",
            "twitter",
            "x",
            "facebook",
            "linkedin",
            "instagram",
            "reddit",
            "mastodon",
            "bluesky",
            "threads",
            "telegram",
            "whatsapp",
            "youtube",
            "pinterest",
            "hackernews",
            "hn",
            "producthunt",
            "flipboard",
            "pocket",
            "google",
            "bing",
            "duckduckgo",
            "social",
            "share",
            "push",
            "sms",
            "homepage",
            "site",
            "web",
            "app");

    private Tracking() {}

    static boolean isTracking(String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (PLACES.contains(lower)) {
            String place = value.toLowerCase(Locale.ROOT);
            return CHANNELS.contains(place) || HOST.matcher(place).matches();
        }
        return NAMES.contains(lower) || PREFIXES.stream().anyMatch(lower::startsWith);
    }
}
