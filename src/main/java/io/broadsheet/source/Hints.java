package io.broadsheet.source;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/**
 * What an element's name, class, id and role say of its part in the page. Authors of pages name things alike the world over; what they name is told
 * from the words in these names, however they are joined.
 *
 * @param body whether it says that it holds the story's text
 * @param around whether it says that it is something around the text: shares, related stories, sign-ups, captions
 * @param comments whether it says that it holds what readers wrote
 * @param doubtful whether it may be something around the text, if its contents look so too
 * @param hidden whether it is not shown
 */
record Hints(boolean body, boolean around, boolean comments, boolean doubtful, boolean hidden) {
    private static final Hints NONE = new Hints(false, false, false, false, false);

    /** Never text, or text that is not for reading. */
    private static final Set<String> SILENT = Set.of(
            "script",
            "style",
            "noscript",
            "template",
            "svg",
            "math",
            "iframe",
            "object",
            "embed",
            "button",
            "select",
            "input",
            "textarea",
            "canvas",
            "audio",
            "video",
            "head",
            "title",
            "meta",
            "link",
            "amp-ad",
            "amp-sidebar",
            "amp-consent",
            "amp-social-share",
            "amp-analytics",
            "amp-embed",
            "amp-iframe",
            "dialog",
            "map",
            "option");

    private static final Set<String> AROUND_ELEMENTS = Set.of("nav", "footer", "aside", "figcaption", "menu", "form");
    private static final Set<String> AROUND_ROLES = Set.of(
            "navigation",
            "banner",
            "contentinfo",
            "complementary",
            "search",
            "dialog",
            "alertdialog",
            "menu",
            "menubar",
            "toolbar",
            "form",
            "alert");

    private static final Set<String> BODY = HintWords.set("""
            articlebody storybody storytext storycontent articletext articlecontent entrycontent postcontent postbody
            newstext newsbody newscontent article-body article-content article-text article-copy article-main
            article-detail article-entry story-body story-content story-text story-copy entry-content entry-body entry-text
            post-content post-body post-text post-entry post-article field-body body-text body-copy body-content body-main
            news-body news-content news-text news-detail content-body content-text rich-text release-body release-text
            release-content press-release pressrelease main-text maintext artikel-text artikel-inhalt artikel-body
            article-corps texte-article corps-texte nota-cuerpo cuerpo-nota cuerpo-noticia noticia-cuerpo texto-noticia
            noticia-texto corpo-noticia testo-articolo articolo-testo articletext adn-texte blog-content blog-body
            blog-post-content single-content theme-content wysiwyg usa-prose caas-body detail-text detail-content
            content-article content-detail text-content article-paragraph body-paragraph""");

    private static final Set<String> AROUND = HintWords.set("""
            share shares sharing sharebar sharebox sharethis sharelinks addthis addtoany sharedaddy social socials socialmedia
            related relatedposts relatedarticles relatedcontent relatednews relatedlinks recommend recommended recommendations
            newsletter newsletters subscribe subscription signup sign-up optin opt-in cookie cookies consent gdpr
            nav navbar navigation menu submenu breadcrumb breadcrumbs crumbs sidebar sidebars footer siteheader
            advert adverts advertisement advertisements advertising advertorial ads ad adslot adunit adbox adsbygoogle
            adsense adwrapper adcontainer dfp gpt sponsor sponsored sponsorship promo promos promoted promotion promobox
            outbrain taboola zergnet revcontent mgid tags taglist tagcloud tag-list tag-cloud tag-links keywords pagination
            pager paginator popup popover modal overlay lightbox caption captions figcaption credit credits photocredit
            copyright byline bylines authorbio author-bio author-box author-info about-author bio-author author-card
            author-profile authorbox post-author article-author article-meta post-meta entry-meta story-meta meta-info
            metadata entry-footer post-footer article-footer article-tools story-tools toolbar toolbox tools
            print printfriendly print-only skip skiplink skip-link most-read mostread most-popular mostpopular
            most-viewed popular trending latest-news latest-posts latest-stories teaser teasers readmore read-more read-next
            read-also also-read alsoread more-news more-stories more-from more-articles see-also seealso you-may up-next
            next-article next-post prev-next previous-next post-navigation posts-navigation sr-only visually-hidden
            visuallyhidden screen-reader screenreader offscreen noprint toc table-contents usa-banner government-banner
            banner poll survey quiz rating ratings reactions donate donation cta call-action live-ticker feedback
            infinite-scroll disclaimer-ad hidden-print jp-relatedposts wp-caption-text image-caption photo-caption media-caption
            gallery-caption caption-text image-credit follow followus follow-us login register whatsapp telegram facebook
            twitter-share paywall-prompt inline-related embed-related embedded-hyperlink onward correlati verwandte
            teilen lire-aussi leer-mas relacionadas relacionados noticias-relacionadas leia-mais veja-tambem mehr-zum
            article-date post-date timestamp dateline-date reading-time read-time readtime time-read audio-player
            view-count views comment-count comments-count comments-link""");

    private static final Set<String> COMMENTS = HintWords.set("""
            comments comment commentlist comment-list comment-area comments-area comment-section comments-section disqus
            disqus-thread respond replies livefyre fb-comments comment-form comment-respond coral-talk
            kommentare commentaires comentarios""");

    private static final Set<String> DOUBTFUL = HintWords.set("""
            widget box promo aside extra extras more list carousel slider swiper links card cards inline embed callout infobox
            factbox info meta tool secondary supplementary complementary bottom top header masthead gallery slideshow
            video player bio author profile event events contact contacts sticky rail right-column left-column subnav
            headlines stories topics topic topics-list section-front collection river feed grid""");

    private static final Pattern HIDDEN_STYLE =
            Pattern.compile("(?i)(?:^|;)\\s*(?:display\\s*:\\s*none|visibility\\s*:\\s*hidden)");

    /** Whether nothing in this element is ever the story's text. */
    static boolean isSilent(Element element) {
        return SILENT.contains(element.normalName());
    }

    /** Reads hints; the same names come hundreds of times in one page, and are read once. Used by one thread, for one page. */
    static final class Reader {
        private final Map<String, Hints> known = new HashMap<>();

        Hints of(Element element) {
            String tag = element.normalName();
            if (element.attributesSize() == 0 && !AROUND_ELEMENTS.contains(tag)) {
                return NONE;
            }
            boolean hidden = element.hasAttr("hidden")
                    || element.attr("aria-hidden").equals("true")
                    || (element.hasAttr("style")
                            && HIDDEN_STYLE.matcher(element.attr("style")).find());
            String named = element.className() + ' ' + element.id();
            String role = element.attr("role");
            boolean bodyMarked =
                    element.attr("itemprop").toLowerCase(Locale.ROOT).contains("articlebody");
            String component = element.attr("data-component") + ' ' + element.attr("data-testid");
            boolean plain = named.length() == 1 && role.isEmpty() && component.length() == 1;
            boolean aroundElement = AROUND_ELEMENTS.contains(tag) && !isCite(element);
            if (plain && !hidden && !bodyMarked && !aroundElement) {
                return NONE;
            }
            Hints words = known.computeIfAbsent(named + ' ' + component, Reader::read);
            boolean around = words.around || aroundElement || AROUND_ROLES.contains(role);
            boolean body = bodyMarked || words.body;
            return new Hints(
                    body,
                    around && !body && !tag.equals("body") && !tag.equals("html"),
                    words.comments && !bodyMarked,
                    words.doubtful,
                    hidden);
        }

        private static boolean isCite(Element element) {
            return element.nameIs("footer")
                    && element.parent() != null
                    && element.parent().nameIs("blockquote");
        }

        private static Hints read(String names) {
            boolean body = false;
            boolean around = false;
            boolean comments = false;
            boolean doubtful = false;
            for (String word : HintWords.of(names)) {
                body |= BODY.contains(word);
                around |= AROUND.contains(word);
                comments |= COMMENTS.contains(word);
                doubtful |= DOUBTFUL.contains(word);
            }
            return new Hints(body, around, comments, doubtful, false);
        }
    }
}
