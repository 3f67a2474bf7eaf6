package io.broadsheet.feed;

import static io.broadsheet.html.XmlText.strip;

import io.broadsheet.config.Settings.Site;
import java.util.List;
import org.jdom2.Document;
import org.jdom2.Element;

/** OPML 2.0 of all our feeds, for readers that subscribe to many at once. Holds no date, so that only a change of feeds changes it. */
final class OpmlWriter {
    static final String FILE = "feeds.opml";

    private OpmlWriter() {}

    static byte[] write(Site site, List<FeedDefinition> feeds) {
        Links links = new Links(site.url());
        Element body = new Element("body");
        for (FeedDefinition feed : feeds) {
            body.addContent(new Element("outline")
                    .setAttribute("type", "rss")
                    .setAttribute("text", strip(feed.title()))
                    .setAttribute("title", strip(feed.title()))
                    .setAttribute("xmlUrl", links.feed(feed.name(), FeedFormat.RSS))
                    .setAttribute("htmlUrl", site.url() + "/"));
        }
        Element title = new Element("title").setText(strip(site.title()));
        Element head = new Element("head").addContent(title);
        Element opml = new Element("opml").setAttribute("version", "2.0");
        return XmlBytes.of(new Document(opml.addContent(head).addContent(body)));
    }
}
