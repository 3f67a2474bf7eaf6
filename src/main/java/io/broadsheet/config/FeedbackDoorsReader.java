package io.broadsheet.config;

import io.broadsheet.config.FeedbackDoors.After;
import io.broadsheet.config.FeedbackDoors.Fate;
import io.broadsheet.config.FeedbackDoors.Listener;
import io.broadsheet.config.FeedbackDoors.ListenerProtocol;
import io.broadsheet.config.FeedbackDoors.MailboxAccess;
import io.broadsheet.config.FeedbackDoors.MailboxProtocol;
import io.broadsheet.config.FeedbackDoors.Provider;
import io.broadsheet.config.FeedbackDoors.Webhook;
import io.broadsheet.config.Settings.Security;
import io.broadsheet.error.UserError;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code mail.feedback}. All its defaults are here. */
final class FeedbackDoorsReader {
    private static final int PORT_MAX = 65_535;
    private static final Duration EVERY = Duration.ofMinutes(5);
    private static final Duration EVERY_MAX = Duration.ofDays(1);
    private static final Secret NO_SECRET = new Secret(""); // what stands there while the problem is told

    private FeedbackDoorsReader() {}

    static FeedbackDoors read(YamlMap map) {
        boolean mailbox = map.has("mailbox");
        boolean listener = map.has("listener");
        MailboxAccess access = map.map("mailbox", inner -> mailbox(inner, mailbox));
        Listener own = map.map("listener", FeedbackDoorsReader::listener);
        UniqueNames names = new UniqueNames("webhook");
        List<Webhook> webhooks = map.maps("webhooks", inner -> webhook(inner, names));
        return new FeedbackDoors(mailbox ? access : null, listener ? own : null, webhooks);
    }

    private static MailboxAccess mailbox(YamlMap map, boolean there) {
        MailboxProtocol protocol = map.word("protocol", MailboxProtocol.class).orElse(MailboxProtocol.IMAP);
        Security security = map.word("security", Security.class).orElse(Security.TLS);
        After after = map.value("after", FeedbackDoorsReader::after).orElse(After.DELETE);
        if (protocol == MailboxProtocol.POP3 && after.fate() != Fate.DELETE) {
            map.problem("after", "'after': POP3 can neither mark nor move a mail; write delete, or use imap");
        }
        if (protocol == MailboxProtocol.POP3 && map.has("folder")) {
            map.problem("folder", "'folder': POP3 knows one mailbox only; remove the key, or use imap");
        }
        return new MailboxAccess(
                protocol,
                needed(map, there, "host", map.value("host", Words::host)).orElse(""),
                map.whole("port", 1, PORT_MAX).orElse(port(protocol, security)),
                security,
                needed(map, there, "username", map.secretText("username")).orElse(""),
                needed(map, there, "password", map.secret("password")).orElse(NO_SECRET),
                map.line("folder").orElse("INBOX"),
                map.value("every", FeedbackDoorsReader::every).orElse(EVERY),
                after);
    }

    private static <T> Optional<T> needed(YamlMap map, boolean there, String key, Optional<T> value) {
        return there ? map.required(key, value) : value;
    }

    private static int port(MailboxProtocol protocol, Security security) {
        boolean tls = security == Security.TLS;
        return switch (protocol) {
            case IMAP -> tls ? 993 : 143;
            case POP3 -> tls ? 995 : 110;
        };
    }

    private static After after(String text) {
        String[] words = text.split("\\s+", 2);
        return switch (words[0]) {
            case "delete" -> alone(words, After.DELETE);
            case "keep" -> alone(words, new After(Fate.KEEP, null));
            case "move" -> move(words);
            default -> throw new UserError("'" + text + "' is not known; write delete, keep, or move and a folder");
        };
    }

    private static After alone(String[] words, After after) {
        if (words.length > 1) {
            throw new UserError("'" + words[0] + "' takes no folder; write it alone, or move and a folder");
        }
        return after;
    }

    private static After move(String[] words) {
        if (words.length < 2) {
            throw new UserError("'move' names no folder; write it like: move Done");
        }
        return new After(Fate.MOVE, words[1]);
    }

    private static Duration every(String text) {
        Duration every = Words.duration(text);
        if (every.isZero() || every.compareTo(EVERY_MAX) > 0) {
            throw new UserError("'" + text + "' is not from 1s to 1d");
        }
        return every;
    }

    private static Listener listener(YamlMap map) {
        return new Listener(
                map.value("listen", ListenAddress::of).orElse(new ListenAddress("127.0.0.1", 2525)),
                map.word("protocol", ListenerProtocol.class).orElse(ListenerProtocol.LMTP));
    }

    private static Webhook webhook(YamlMap map, UniqueNames names) {
        String name = names.read(map, "name");
        @Nullable
        Provider provider =
                map.required("provider", map.word("provider", Provider.class)).orElse(null);
        Webhook hook = new Webhook(
                name,
                provider == null ? Provider.SES : provider,
                map.value("topic", FeedbackDoorsReader::topic).orElse(null),
                map.value("public-key", FeedbackDoorsReader::publicKey).orElse(null),
                map.secret("key").orElse(null),
                map.secret("username").orElse(null),
                map.secret("password").orElse(null),
                map.secret("token").orElse(null));
        if (provider != null) {
            authentication(map, provider);
        }
        return hook;
    }

    /** Whoever can post a report can stop mail to anybody, so none comes without proof. */
    private static void authentication(YamlMap map, Provider provider) {
        switch (provider) {
            case SES -> proof(map, "topic", "the ARN of the SNS topic that SES reports to");
            case SENDGRID -> proof(map, "public-key", "the verification key of the signed event webhook");
            case MAILGUN -> proof(map, "key", "the HTTP webhook signing key");
            case POSTMARK, SPARKPOST, BREVO -> {
                if (!map.has("token") && !map.has("username") && !map.has("password")) {
                    map.problem(
                            "provider",
                            "webhook without a secret: anybody could stop mail to anybody; write username and password,"
                                    + " or token, and give the provider the same");
                }
            }
        }
        if (map.has("username") != map.has("password")) {
            map.problem(
                    map.has("username") ? "username" : "password",
                    "username and password belong together; write both or neither");
        }
    }

    private static void proof(YamlMap map, String key, String what) {
        if (!map.has(key)) {
            map.problem("provider", "key '" + key + "' is missing: " + what);
        }
    }

    private static String topic(String text) {
        if (!text.matches("arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}")) {
            throw new UserError(
                    "'" + text + "' is no SNS topic; write it like arn:aws:sns:eu-central-1:123456789012:bounces");
        }
        return text;
    }

    private static String publicKey(String text) {
        try {
            byte[] key = Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
            KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(key));
            return Base64.getEncoder().encodeToString(key);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new UserError("this is no elliptic-curve key in base64; copy the verification key as it is shown");
        }
    }
}
