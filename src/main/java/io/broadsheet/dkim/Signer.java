package io.broadsheet.dkim;

import io.broadsheet.config.Settings;
import io.broadsheet.mail.OutgoingMessage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs messages with the keys of the domain that they are from (RFC 6376 §5). Key files are read at the first message, or by {@link #expectKeys}.
 * Safe for several threads: each message is signed by one hand, which serves no other meanwhile.
 */
public final class Signer {
    private static final Logger log = LoggerFactory.getLogger(Signer.class);

    private final Supplier<List<DkimKey>> source;
    private final Supplier<Engine> engines;
    private final Clock clock;
    private final Map<String, List<DkimKey>> keysByDomain = new ConcurrentHashMap<>();
    private final Queue<Hand> idle = new ConcurrentLinkedQueue<>();
    private @Nullable List<DkimKey> keys;
    private @Nullable Engine engine;

    private Signer(Supplier<List<DkimKey>> source, Supplier<Engine> engines, Clock clock) {
        this.source = source;
        this.engines = engines;
        this.clock = clock;
    }

    /** Signs with the keys that config names; with none, messages go as they are. */
    public static Signer of(List<Settings.Dkim> configured, Clock clock) {
        List<Settings.Dkim> named = List.copyOf(configured);
        return new Signer(() -> named.stream().map(KeyFile::load).toList(), Engine::best, clock);
    }

    static Signer with(List<DkimKey> keys, Engine engine, Clock clock) {
        return new Signer(() -> keys, () -> engine, clock);
    }

    /** @throws io.broadsheet.error.UserError when a key file is missing, open to others, or holds no key that we would sign with */
    public void expectKeys() {
        keys();
    }

    private synchronized List<DkimKey> keys() {
        if (keys == null) {
            keys = List.copyOf(source.get());
        }
        return keys;
    }

    private synchronized Engine engine() {
        if (engine == null) {
            engine = engines.get();
        }
        return engine;
    }

    /**
     * The same message with a signature field on top for each key of its domain; as it is when there is none.
     *
     * @throws io.broadsheet.error.UserError as {@link #expectKeys}
     */
    public OutgoingMessage sign(OutgoingMessage message) {
        if (keys().isEmpty()) {
            return message;
        }
        @Nullable Hand kept = idle.poll();
        Hand hand = kept == null ? new Hand(engine()) : kept;
        Fields header = hand.read(message);
        List<DkimKey> suitable = keysByDomain.computeIfAbsent(header.fromDomain(), this::suitable);
        if (suitable.isEmpty()) {
            hand.drop();
            idle.add(hand);
            return message;
        }
        byte[] signatures = hand.sign(header, suitable, clock.instant());
        idle.add(hand); // a hand that failed is not used again
        List<byte[]> segments = new ArrayList<>(message.segments().size() + 1);
        segments.add(signatures);
        segments.addAll(message.segments());
        return new OutgoingMessage(
                message.envelopeFrom(),
                message.envelopeTo(),
                message.messageId(),
                segments,
                message.size() + signatures.length);
    }

    /** The keys of the nearest domain that DMARC takes for the same (RFC 7489 §3.1.1). */
    private List<DkimKey> suitable(String domain) {
        List<DkimKey> all = keys();
        List<DkimKey> suitable = all.stream()
                .map(DkimKey::domain)
                .filter(signing -> Alignment.isAligned(signing, domain))
                .min(Comparator.comparingInt(signing -> Math.abs(signing.length() - domain.length())))
                .map(nearest ->
                        all.stream().filter(key -> key.domain().equals(nearest)).toList())
                .orElse(List.of());
        if (suitable.isEmpty()) {
            log.atWarn()
                    .addKeyValue("domain", domain)
                    .log("mail from a domain without a DKIM key goes out unsigned; see 'broadsheet check'");
        }
        return suitable;
    }
}
