package io.broadsheet.source;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Where a list goes on: {@code rel=next}, a link that says so, or the next number in the address. */
final class NextPage {
    private static final Pattern SAYS = Pattern.compile(
            "(?i)(?:next(?: page)?|older(?: posts| entries| news)?|nächste(?: seite)?|weiter|ältere.{0,12}|suivante?|page suivante|siguiente|"
                    + "próxim[ao]|seguinte|successiv[ao]|volgende|次へ|次のページ|下一页|다음|»|›|>|→|next [»›>→]|older .{0,10}[»›>→])");

    private static final Pattern NUMBERED =
            Pattern.compile("(?i)(?:[?&](?:page|p|paged|pg|seite|pagina)=|/page/|/seite/|/p)(\\d{1,4})/?(?:[&#].*)?$");

    private static final int LINKS_MAX = 5_000;

    private NextPage() {}

    /** @param pageUrl of this page; null when nothing says that the list goes on, or it goes on at another host */
    static @Nullable String of(Document page, String pageUrl) {
        Element declared = page.selectFirst("link[rel~=(?i)\\bnext\\b][href], a[rel~=(?i)\\bnext\\b][href]");
        String next = declared == null ? null : PageLinks.target(declared);
        if (isOther(next, pageUrl)) {
            return next;
        }
        int here = number(pageUrl, 1);
        String numbered = null;
        int seen = 0;
        for (Element link : page.select("a[href]")) {
            String target = seen++ < LINKS_MAX ? PageLinks.target(link) : null;
            if (target == null || !isOther(target, pageUrl)) {
                continue;
            }
            String text = link.hasText()
                    ? link.text().strip()
                    : link.attr("aria-label").strip();
            // Where pages are counted from 0, page 1 is called 2.
            boolean second = number(target, -1) == here + 1 || (number(pageUrl, -1) < 0 && number(target, -1) == 1);
            if (NUMBERED.matcher(target).find() && second && (SAYS.matcher(text).matches() || numbered == null)) {
                numbered = SAYS.matcher(text).matches() || text.matches("\\d+") ? target : numbered;
            } else if (SAYS.matcher(text).matches() && NUMBERED.matcher(target).find() && number(target, -1) > here) {
                numbered = target;
            }
        }
        return numbered;
    }

    private static boolean isOther(@Nullable String target, String pageUrl) {
        return target != null
                && UrlShape.host(target).equals(UrlShape.host(pageUrl))
                && port(target) == port(pageUrl)
                && !UrlShape.key(target).equals(UrlShape.key(pageUrl));
    }

    private static int port(String url) {
        URI uri = UrlShape.uri(url);
        return uri == null ? -1 : uri.getPort();
    }

    private static int number(String url, int none) {
        Matcher number = NUMBERED.matcher(url);
        return number.find() ? Integer.parseInt(number.group(1)) : none;
    }
}
