package io.broadsheet.demo;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Looks at what the demo did as the outside does: feeds over HTTP, mails over IMAP. Changes nothing. Used by one thread. */
final class SelfCheck {
    private static final Map<String, String> TYPES =
            Map.of("rss", "application/rss+xml", "atom", "application/atom+xml", "json", "application/feed+json");
    private static final Pattern ONE_CLICK = Pattern.compile("<(https?://[^>]+)>");

    private final Checks checks;
    private final Outside outside;
    private final Story story;
    private final int imapPort;

    SelfCheck(Checks checks, Outside outside, Story story, int imapPort) {
        this.checks = checks;
        this.outside = outside;
        this.story = story;
        this.imapPort = imapPort;
    }

    void pages() {
        checks.same("GET /health says up", outside.get("/health").statusCode(), 200);
        String home = outside.get("/").body();
        checks.that(
                "the home page leads feed readers to the feeds",
                home.contains("rel=\"alternate\"") && home.contains("application/rss+xml"));
        checks.that(
                "/feeds.opml is well-formed XML",
                isXml(outside.get("/feeds.opml").body()));
    }

    void feeds() {
        for (String feed : Story.FEEDS) {
            for (String form : List.of("rss", "atom", "json")) {
                feed("/feeds/" + feed + "." + form, form);
            }
        }
        checks.same(
                "the story that two sources told is in the feed once",
                story.headlines("all").stream().filter(Story.TOLD_TWICE::equals).count(),
                1L);
        checks.that("the press release has its author and unit, and nothing of the page around it", pressRelease());
    }

    private void feed(String path, String form) {
        HttpResponse<String> answer = outside.get(path);
        String type = answer.headers().firstValue("Content-Type").orElse("");
        checks.that(
                path + " answers 200 as " + TYPES.get(form),
                answer.statusCode() == 200 && type.startsWith(String.valueOf(TYPES.get(form))));
        if (!form.equals("json")) {
            checks.that(path + " is well-formed XML", isXml(answer.body()));
        }
        String etag = answer.headers().firstValue("ETag").orElse("");
        String modified = answer.headers().firstValue("Last-Modified").orElse("");
        checks.that(
                path + " answers 304 to its ETag and to its Last-Modified",
                outside.get(path, "If-None-Match", etag).statusCode() == 304
                        && outside.get(path, "If-Modified-Since", modified).statusCode() == 304);
    }

    private boolean pressRelease() {
        return story.items("all").stream()
                .filter(item -> Story.PRESS_RELEASE.equals(item.get("title")))
                .map(String::valueOf)
                .anyMatch(item -> item.contains("Sean Castellano")
                        && item.contains("Space Operations Command Public Affairs")
                        && item.contains("now and into the future.")
                        && !item.contains("Redirecting")
                        && !item.contains("USSF"));
    }

    private static boolean isXml(String text) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Document document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
            return document.getDocumentElement() != null;
        } catch (SAXException e) {
            return false;
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException("a text can be read, and this JVM has an XML parser", e);
        }
    }

    /** The mails of all readers, read as a mail program reads them. */
    void mails() {
        List<String> messageIds = new ArrayList<>();
        for (Reader reader : Reader.ALL) {
            List<Mail> mails = overImap(reader);
            mails.forEach(mail -> messageIds.add(mail.messageId()));
            checks.that(
                    reader.email() + " has each of the " + Story.HEADLINES.size()
                            + " articles, and the new one, exactly once",
                    Story.HEADLINES.stream().allMatch(headline -> once(mails, headline))
                            && once(mails, Story.FIRST_NEW));
            checks.that(
                    reader.email() + ": each mail has a subject, a text and an HTML part, Date and Message-ID",
                    mails.stream().allMatch(SelfCheck::isWhole));
            checks.that(
                    reader.email() + ": each mail can be unsubscribed from by one click (RFC 8058) and names its list",
                    mails.stream().allMatch(SelfCheck::isListMail));
        }
        checks.same("no two mails share a Message-ID", new HashSet<>(messageIds).size(), messageIds.size());
    }

    private static boolean once(List<Mail> mails, String headline) {
        return mails.stream().filter(mail -> mail.tells(headline)).count() == 1;
    }

    private static boolean isWhole(Mail mail) {
        return !mail.subject().isBlank()
                && !mail.html().isBlank()
                && !mail.text().isBlank()
                && !mail.sent().isBlank()
                && !mail.messageId().isBlank();
    }

    private static boolean isListMail(Mail mail) {
        return ONE_CLICK.matcher(mail.unsubscribe()).find()
                && mail.oneClick().equals("List-Unsubscribe=One-Click")
                && mail.source().contains("\nList-Id: ");
    }

    /** The address that a mailbox provider would post to for this reader. */
    URI oneClickOf(Reader reader) {
        Matcher address = ONE_CLICK.matcher(overImap(reader).get(0).unsubscribe());
        checks.that(reader.email() + "'s first mail names where to unsubscribe", address.find());
        return URI.create(address.group(1));
    }

    private List<Mail> overImap(Reader reader) {
        Properties properties = new Properties();
        properties.setProperty("mail.imap.connectiontimeout", "10000");
        properties.setProperty("mail.imap.timeout", "10000");
        try (Store store = Session.getInstance(properties).getStore("imap")) {
            store.connect("127.0.0.1", imapPort, reader.email(), Mailboxes.PASSWORD);
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                List<Mail> mails = new ArrayList<>();
                for (Message message : inbox.getMessages()) {
                    mails.add(Mail.of(message));
                }
                return mails;
            }
        } catch (MessagingException e) {
            throw Mailboxes.unreadable(e);
        }
    }
}
