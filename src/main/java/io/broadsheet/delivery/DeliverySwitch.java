package io.broadsheet.delivery;

import io.broadsheet.db.Database;
import io.broadsheet.db.FactStore;
import io.broadsheet.db.Tx;
import io.broadsheet.json.Json;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The switch that stops all deliveries of an installation, in every process, until it is turned again. It is a fact in the database, which each
 * message's record asks for: no dot goes out once a stop is answered. Safe to repeat.
 */
public final class DeliverySwitch {
    /** As {@link JournalStore} asks for it. */
    static final String FACT = "delivery-stopped";

    private static final Logger log = LoggerFactory.getLogger(DeliverySwitch.class);

    private final Database database;
    private final Clock clock;
    private final FactStore facts = new FactStore();

    public DeliverySwitch(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Why and since when nothing is delivered.
     *
     * @param why who or what stopped it
     */
    public record Stopped(String why, Instant since) {
        /** One line for people, with the mend. */
        public String line() {
            return "delivery is stopped since " + since.truncatedTo(java.time.temporal.ChronoUnit.SECONDS) + ": " + why
                    + "; 'broadsheet delivery start' lets it go on";
        }
    }

    /** No message starts from now on; what is past its record ends. The first reason stays. */
    public Stopped stop(String why) {
        Stopped stopped = database.write(tx -> {
            Optional<Stopped> before = stopped(tx);
            Stopped now = before.orElse(new Stopped(why, clock.instant()));
            facts.put(tx, FACT, Json.write(now), now.since());
            return now;
        });
        log.atWarn().addKeyValue("why", stopped.why()).log("delivery stopped by hand");
        return stopped;
    }

    /** Answers whether it was stopped. */
    public boolean start() {
        boolean was = database.write(tx -> facts.remove(tx, FACT));
        if (was) {
            log.atInfo().log("delivery goes on");
        }
        return was;
    }

    /** Empty when nothing hinders. */
    public Optional<Stopped> stopped() {
        return database.read(this::stopped);
    }

    private Optional<Stopped> stopped(Tx tx) {
        return facts.find(tx, FACT).map(value -> Json.read(value, Stopped.class));
    }
}
