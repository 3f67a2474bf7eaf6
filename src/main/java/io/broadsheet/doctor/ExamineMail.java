package io.broadsheet.doctor;

import io.broadsheet.config.Mailbox;
import io.broadsheet.config.SenderSettings;
import io.broadsheet.config.Settings;
import io.broadsheet.db.Database;
import io.broadsheet.delivery.Providers;
import io.broadsheet.dkim.Alignment;
import io.broadsheet.dkim.Keyring;
import io.broadsheet.dkim.PublishedKey;
import io.broadsheet.dns.Answer;
import io.broadsheet.dns.Dns;
import io.broadsheet.doctor.Finding.Verdict;
import io.broadsheet.edition.Letters;
import io.broadsheet.newsletter.NewsletterStore;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Examines whether our mail is welcome: what the large providers demand of those who send much (STANDARDS: Gmail and Yahoo since 2024, Microsoft since
 * 2025), as far as it can be seen from here. Asks DNS and connects to the configured mail servers; sends nothing, changes nothing.
 */
public final class ExamineMail {
    /** Providers judge by about a month. */
    private static final Duration LATELY = Duration.ofDays(30);

    private final Settings settings;
    private final Database database;
    private final NewsletterStore newsletters;
    private final Keyring keyring;
    private final Dns dns;
    private final Clock clock;

    public ExamineMail(
            Settings settings, Database database, NewsletterStore newsletters, Keyring keyring, Dns dns, Clock clock) {
        this.settings = settings;
        this.database = database;
        this.newsletters = newsletters;
        this.keyring = keyring;
        this.dns = dns;
        this.clock = clock;
    }

    /**
     * All that was looked at, DNS first, what readers see and did last.
     *
     * @throws io.broadsheet.error.UserError when a key that config names can't be read
     */
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        Answer<String> any = dns.txt(settings.mail().from().domain());
        boolean seen = !any.isTrouble();
        if (seen) {
            published(findings);
        } else {
            // Each further question would wait as long for no answer.
            findings.add(Finding.unseen(
                    "dns",
                    settings.mail().from().domain(),
                    any.why() + "; nothing about SPF, DKIM, DMARC and reverse names can be seen",
                    "try again where DNS answers, or set dns.servers",
                    Finding.ALL));
        }
        servers(findings, seen);
        findings.add(oneClick(seen));
        findings.add(postalAddress());
        findings.add(returnPath());
        Instant since = clock.instant().minus(LATELY);
        findings.addAll(Rates.judge(database.read(tx -> new RateStore().since(tx, since)), Providers::known));
        return findings;
    }

    private void published(List<Finding> findings) {
        Set<String> from = froms();
        from.forEach(domain -> findings.addAll(sender(domain)));
        List<PublishedKey> keys = keyring.check();
        keys.forEach(key -> findings.add(key(key)));
        List<String> signing = keys.stream()
                .filter(PublishedKey::passed)
                .map(key -> key.key().domain())
                .toList();
        for (String domain : from) {
            if (keys.stream().noneMatch(key -> Alignment.isAligned(key.key().domain(), domain))) {
                findings.add(Finding.unseen(
                        "dkim",
                        domain,
                        "no key of ours signs its mail; whether the mail server does can't be seen from here",
                        "run 'broadsheet dkim new --domain " + domain + "'",
                        Finding.ALL));
            }
            findings.add(new Dmarc(dns).look(domain, signing, returnPath(domain)));
        }
    }

    /** The domains that mail is from. */
    private Set<String> froms() {
        Set<String> domains = new TreeSet<>();
        domains.add(settings.mail().from().domain());
        database.read(newsletters::open).forEach(newsletter -> {
            String from = newsletter.definition().from();
            if (from != null) {
                domains.add(Mailbox.of(from).domain());
            }
        });
        return domains;
    }

    private static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1);
    }

    private String returnPath(String from) {
        String configured = settings.mail().feedback().returnPath();
        return configured == null ? from : domain(configured);
    }

    private List<Finding> sender(String from) {
        List<Finding> findings = new ArrayList<>();
        String provider = Providers.known(from);
        if (!provider.equals(from)) {
            findings.add(Finding.fail(
                    "from",
                    from,
                    "mail from a domain of " + provider + " that " + provider + " did not send is refused",
                    "send from a domain of your own: mail.from",
                    Finding.ALL));
        }
        Records records = new Records(dns);
        for (SenderSettings sender : settings.senders()) {
            Settings.Smtp smtp = sender.smtp();
            if (smtp != null) {
                findings.add(records.spfOfServer(returnPath(from), smtp.host()));
            } else {
                findings.addAll(records.spfOfOurselves(returnPath(from), Letters.host(settings.site())));
            }
        }
        return findings;
    }

    private static Finding key(PublishedKey key) {
        String mend = key.mend() == null ? "" : key.mend();
        return new Finding(
                "dkim",
                key.key().record().name(),
                key.passed() ? Verdict.PASS : Verdict.FAIL,
                key.found(),
                mend.isEmpty() ? null : mend,
                Finding.ALL);
    }

    /** @param seen whether DNS answers */
    private void servers(List<Finding> findings, boolean seen) {
        String ourName = Letters.host(settings.site());
        boolean direct = false;
        for (SenderSettings sender : settings.senders()) {
            Settings.Smtp smtp = sender.smtp();
            if (smtp != null) {
                findings.add(new MailServerLook(ourName).look(smtp));
            } else {
                direct = true;
            }
        }
        if (direct) {
            findings.add(Finding.pass(
                    "tls", "direct delivery", "TLS is used with every server that offers it", Finding.ALL));
            if (seen) {
                findings.addAll(new Records(dns).reverse(ourName));
            }
        } else {
            findings.add(Finding.unseen(
                    "reverse-dns",
                    "the mail server",
                    "its addresses are its operator's business",
                    "look at the Received fields of a test copy",
                    Finding.ALL));
        }
    }

    /** RFC 8058 §3.1 wants https; the route answers without login, cookie or redirect by construction, and is in every edition. */
    private Finding oneClick(boolean seen) {
        URI site = URI.create(settings.site().url());
        String host = Letters.host(settings.site());
        if (!"https".equals(site.getScheme())) {
            return Finding.fail(
                    "one-click",
                    settings.site().url(),
                    "unsubscribe links are not https",
                    "put a web server with TLS before us, and set site.url",
                    Finding.ALL);
        }
        if (seen && new Records(dns).isHidden(host)) {
            return Finding.fail(
                    "one-click",
                    settings.site().url(),
                    "nobody outside can reach " + host + ", as it has no public address",
                    "set site.url to a name that the world can reach",
                    Finding.ALL);
        }
        return Finding.unseen(
                "one-click",
                settings.site().url(),
                "every edition has it, and the link is https; whether it is reached from outside can't be seen from here",
                "from another network: curl -i " + settings.site().url() + "/health",
                Finding.ALL);
    }

    private Finding postalAddress() {
        return settings.mail().postalAddress() != null
                ? Finding.pass(
                        "postal-address", "mail.postal-address", "it stands at the foot of every mail", List.of())
                : Finding.fail(
                        "postal-address",
                        "mail.postal-address",
                        "mails name no postal address, which law asks for in many countries (CAN-SPAM, CASL)",
                        "set mail.postal-address",
                        List.of());
    }

    private Finding returnPath() {
        String path = settings.mail().feedback().returnPath();
        return path != null
                ? Finding.pass("bounces", "mail.return-path", "bounces come back with a token", List.of())
                : Finding.fail(
                        "bounces",
                        "mail.return-path",
                        "bounces go to whom the mail is from, and addresses that are gone stay on the list",
                        "set mail.return-path, and a way in under mail.feedback",
                        List.of());
    }
}
