package io.broadsheet.feedback.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.config.FeedbackDoors;
import io.broadsheet.config.FeedbackDoors.Provider;
import io.broadsheet.config.Secret;
import io.broadsheet.error.UserError;
import io.broadsheet.feedback.Report;
import io.broadsheet.feedback.webhook.TakeWebhook.Answer;
import io.broadsheet.json.Json;
import io.broadsheet.test.TestClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Each provider's documented shapes, signed as that provider signs, and whatever a stranger might post instead. */
class TakeWebhookTest {
    private static final Path SAMPLES = Path.of("src/test/resources/feedback/webhooks");
    private static final String TOPIC = "arn:aws:sns:eu-central-1:123456789012:bounces";
    private static final String CERTIFICATE = "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0.pem";
    private static final String MAILGUN_KEY = "mailgun-signing-key";

    @TempDir
    static Path folder;

    static SigningKeys sns;
    static KeyPair sendgrid;

    private final TestClock clock = TestClock.at("2026-11-24T11:00:30Z");
    private final List<Report> taken = new ArrayList<>();
    private final List<String> fetched = new ArrayList<>();
    private boolean databaseAway;
    private final TakeWebhook takeWebhook = new TakeWebhook(
            List.of(
                    hook(Provider.SES, TOPIC, null, null),
                    hook(Provider.SENDGRID, null, publicKey(), null),
                    hook(Provider.MAILGUN, null, null, new Secret(MAILGUN_KEY)),
                    hook(Provider.POSTMARK, null, null, null),
                    hook(Provider.SPARKPOST, null, null, null),
                    hook(Provider.BREVO, null, null, null)),
            this::fetch,
            this::keep,
            clock);

    @BeforeAll
    static void makeKeys() throws Exception {
        sns = SigningKeys.certified(folder, "sns.amazonaws.com");
        sendgrid = SigningKeys.ellipticCurve();
    }

    private static String publicKey() {
        return Base64.getEncoder().encodeToString(sendgrid.getPublic().getEncoded());
    }

    private static FeedbackDoors.Webhook hook(
            Provider provider, @Nullable String topic, @Nullable String publicKey, @Nullable Secret key) {
        boolean signs = provider.signs();
        return new FeedbackDoors.Webhook(
                provider.name().toLowerCase(Locale.ROOT),
                provider,
                topic,
                publicKey,
                key,
                signs ? null : new Secret("broadsheet"),
                signs ? null : new Secret("pass:word"),
                signs ? null : new Secret("tok-en"));
    }

    private byte[] fetch(String url) {
        fetched.add(url);
        try {
            return sns.pem();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void keep(Report report) {
        if (databaseAway) {
            throw new IllegalStateException("the database is away");
        }
        taken.add(report);
    }

    /** A body and the headers that its provider would send with it. */
    private record Request(String hook, Map<String, String> headers, byte[] body) {
        Request with(byte[] other) {
            return new Request(hook, headers, other);
        }

        Request with(String header, String value) {
            Map<String, String> changed = new LinkedHashMap<>(headers);
            changed.put(header, value);
            return new Request(hook, changed, body);
        }
    }

    private Answer post(Request request) {
        return takeWebhook.take(request.hook(), request.headers()::get, request.body());
    }

    private Request signed(String hook, String sample) throws Exception {
        return switch (hook) {
            case "ses" -> ses(notification(sample), "2", CERTIFICATE);
            case "sendgrid" -> {
                String time = Long.toString(clock.instant().getEpochSecond());
                String signature =
                        SigningKeys.sign("SHA256withECDSA", sendgrid.getPrivate(), (time + sample).getBytes(UTF_8));
                yield new Request(
                        hook,
                        Map.of(
                                "X-Twilio-Email-Event-Webhook-Timestamp",
                                time,
                                "X-Twilio-Email-Event-Webhook-Signature",
                                signature),
                        sample.getBytes(UTF_8));
            }
            case "mailgun" -> mailgun(sample, "token-1");
            default ->
                new Request(
                        hook,
                        Map.of(
                                "Authorization",
                                "Basic " + Base64.getEncoder().encodeToString("broadsheet:pass:word".getBytes(UTF_8))),
                        sample.getBytes(UTF_8));
        };
    }

    private Map<String, String> notification(String text) {
        Map<String, String> message = new LinkedHashMap<>();
        message.put("Type", "Notification");
        message.put("MessageId", "message-1");
        message.put("TopicArn", TOPIC);
        message.put("Message", text);
        message.put("Timestamp", clock.instant().toString());
        return message;
    }

    private static Request ses(Map<String, String> message, String version, String certificate) throws Exception {
        StringBuilder text = new StringBuilder();
        for (String name :
                List.of("Message", "MessageId", "Subject", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")) {
            if (message.containsKey(name)) {
                text.append(name).append('\n').append(message.get(name)).append('\n');
            }
        }
        Map<String, String> whole = new LinkedHashMap<>(message);
        whole.put("SignatureVersion", version);
        whole.put("SigningCertURL", certificate);
        whole.put("Signature", sns.sign(version.equals("1") ? "SHA1withRSA" : "SHA256withRSA", text.toString()));
        return new Request("ses", Map.of(), Json.write(whole).getBytes(UTF_8));
    }

    private Request mailgun(String sample, String token) throws Exception {
        String time = Long.toString(clock.instant().getEpochSecond());
        String proof = Json.write(Map.of(
                "timestamp",
                time,
                "token",
                token,
                "signature",
                HexFormat.of().formatHex(SigningKeys.hmac(MAILGUN_KEY, time + token))));
        String body = "{\"signature\":" + proof + "," + sample.strip().substring(1);
        return new Request("mailgun", Map.of(), body.getBytes(UTF_8));
    }

    private Request sample(String name) throws Exception {
        return signed(name.substring(0, name.indexOf('/')), Files.readString(SAMPLES.resolve(name + ".json")));
    }

    static Stream<String> samples() throws Exception {
        try (Stream<Path> all = Files.walk(SAMPLES)) {
            return all
                    .map(path -> SAMPLES.relativize(path).toString())
                    .filter(name -> name.endsWith(".expected.json"))
                    .map(name -> name.replace(".expected.json", ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    static Stream<String> oneOfEach() {
        return Stream.of(
                "ses/hard", "sendgrid/batch", "mailgun/hard", "postmark/hard", "sparkpost/batch", "brevo/hard");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void what_a_provider_reports_is_understood(String name) throws Exception {
        Request request = sample(name);

        Answer answer = post(request);

        JsonNode expected = Json.read(Files.readString(SAMPLES.resolve(name + ".expected.json")), JsonNode.class);
        assertThat(answer).isEqualTo(Answer.TAKEN);
        assertThat(Json.read(Json.write(taken), JsonNode.class)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("oneOfEach")
    void a_stranger_is_refused_and_nothing_is_done(String name) throws Exception {
        Request right = sample(name);
        String body = new String(right.body(), UTF_8);

        assertThat(post(new Request(right.hook(), Map.of(), Files.readAllBytes(SAMPLES.resolve(name + ".json")))))
                .isEqualTo(Answer.REFUSED);
        if (right.headers().containsKey("Authorization")) {
            assertThat(post(right.with("Authorization", "Basic YnJvYWRzaGVldDp3cm9uZw==")))
                    .isEqualTo(Answer.REFUSED);
            assertThat(post(right.with("Authorization", "Bearer wrong"))).isEqualTo(Answer.REFUSED);
            assertThat(post(right.with("Authorization", "Bearer tok-en"))).isEqualTo(Answer.TAKEN);
            taken.clear();
        } else if (right.hook().equals("mailgun")) {
            assertThat(post(right.with(
                            body.replace("\"token-1\"", "\"token-2\"").getBytes(UTF_8))))
                    .isEqualTo(Answer.REFUSED);
        } else {
            assertThat(post(right.with(body.replace("ada@", "eve@").getBytes(UTF_8))))
                    .isEqualTo(Answer.REFUSED);
        }
        assertThat(taken).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("oneOfEach")
    void what_could_not_be_committed_is_posted_again(String name) throws Exception {
        Request request = sample(name);
        databaseAway = true;
        assertThatThrownBy(() -> post(request)).isInstanceOf(IllegalStateException.class);

        databaseAway = false;
        Answer again = post(request);

        assertThat(again).isEqualTo(Answer.TAKEN);
        assertThat(taken).isNotEmpty();
    }

    @Test
    void signatures_of_long_ago_and_of_days_to_come_are_refused() throws Exception {
        for (String name : List.of("ses/hard", "sendgrid/batch", "mailgun/hard")) {
            Request request = sample(name);

            clock.advance(Duration.ofHours(26));
            assertThat(post(request)).as(name).isEqualTo(Answer.REFUSED);
            clock.advance(Duration.ofHours(-28));
            assertThat(post(request)).as(name).isEqualTo(Answer.REFUSED);
            clock.advance(Duration.ofHours(2));
        }

        assertThat(taken).isEmpty();
    }

    @Test
    void an_overheard_signature_of_mailgun_carries_no_other_event() throws Exception {
        Request overheard = sample("mailgun/hard");
        post(overheard);
        String other = new String(overheard.body(), UTF_8).replace("ada@", "bob@");

        assertThat(post(overheard.with(other.getBytes(UTF_8)))).isEqualTo(Answer.REFUSED);
        assertThat(post(overheard))
                .as("the same once more is only a repetition")
                .isEqualTo(Answer.TAKEN);
        assertThat(taken).extracting(Report::address).containsOnly("ada@reader.example");
    }

    @Test
    void a_signature_of_sns_version_1_counts_and_its_certificate_is_fetched_once() throws Exception {
        String event = Files.readString(SAMPLES.resolve("ses/hard.json"));

        assertThat(post(ses(notification(event), "1", CERTIFICATE))).isEqualTo(Answer.TAKEN);
        assertThat(post(ses(notification(event), "2", CERTIFICATE))).isEqualTo(Answer.TAKEN);

        assertThat(fetched).containsExactly(CERTIFICATE);
    }

    @ParameterizedTest
    @MethodSource("places")
    void a_certificate_from_elsewhere_is_not_even_fetched(String url) throws Exception {
        assertThat(post(ses(notification("{}"), "2", url))).isEqualTo(Answer.REFUSED);

        assertThat(fetched).isEmpty();
    }

    static Stream<String> places() {
        return Stream.of(
                "http://sns.eu-central-1.amazonaws.com/x.pem",
                "https://sns.eu-central-1.amazonaws.com.evil.example/x.pem",
                "https://sns.amazonaws.com@evil.example/x.pem",
                "https://evil.example/sns.eu-central-1.amazonaws.com/x.pem",
                "https://bucket.s3.amazonaws.com/x.pem",
                "https://sns.eu-central-1.amazonaws.com:8443/x.pem",
                "https://sns.eu-central-1.amazonaws.com/x.txt");
    }

    @Test
    void another_topic_is_refused_though_its_signature_is_right() throws Exception {
        Map<String, String> message = notification("{}");
        message.put("TopicArn", TOPIC.replace("bounces", "others"));

        assertThat(post(ses(message, "2", CERTIFICATE))).isEqualTo(Answer.REFUSED);
        assertThat(fetched).isEmpty();
    }

    @Test
    void a_subscription_is_confirmed_at_amazon_and_nowhere_else() throws Exception {
        String amazon = "https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=x&Token=y";
        Map<String, String> message = notification("You have chosen to subscribe to the topic");
        message.put("Type", "SubscriptionConfirmation");
        message.put("Token", "y");
        message.put("SubscribeURL", amazon);

        assertThat(post(ses(message, "2", CERTIFICATE))).isEqualTo(Answer.TAKEN);
        message.put("SubscribeURL", "http://169.254.169.254/?Action=ConfirmSubscription");
        Request elsewhere = ses(message, "2", CERTIFICATE);

        assertThatThrownBy(() -> post(elsewhere)).isInstanceOf(UserError.class);
        assertThat(fetched).containsExactly(CERTIFICATE, amazon);
    }

    @ParameterizedTest
    @MethodSource("oneOfEach")
    void a_body_that_is_something_else_is_said_so(String name) throws Exception {
        String hook = name.substring(0, name.indexOf('/'));

        for (String body : List.of("", "not json", "\"word\"", "[".repeat(100_000))) {
            Request request = hook.equals("ses") || hook.equals("mailgun")
                    ? new Request(hook, Map.of(), body.getBytes(UTF_8))
                    : signed(hook, body);
            assertThatThrownBy(() -> post(request))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining(hook);
        }
        assertThat(taken).isEmpty();
    }

    @Test
    void a_name_that_is_not_configured_is_unknown() {
        assertThat(post(new Request("other", Map.of(), "{}".getBytes(UTF_8)))).isEqualTo(Answer.UNKNOWN);
    }
}
