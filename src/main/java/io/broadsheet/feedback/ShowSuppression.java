package io.broadsheet.feedback;

import io.broadsheet.db.Database;
import io.broadsheet.subscriber.Address;
import io.broadsheet.subscriber.HistoryStore;
import io.broadsheet.subscriber.Suppression;
import io.broadsheet.subscriber.SuppressionStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether an address may be mailed, and its history, whoever it is. */
public final class ShowSuppression {
    private final Database database;
    private final SuppressionStore suppressions;
    private final HistoryStore history = new HistoryStore();

    public ShowSuppression(Database database, SuppressionStore suppressions) {
        this.database = database;
        this.suppressions = suppressions;
    }

    /**
     * One address.
     *
     * @param why it must not be mailed: {@code bounce}, {@code complaint} or {@code by-admin}; absent when it may
     * @param since when; absent likewise
     * @param reply what the mail server said; absent where none did
     * @param history the newest of what came back about it, newest first
     */
    public record Shown(
            String email,
            boolean suppressed,
            @Nullable String why,
            @Nullable Instant since,
            @Nullable String reply,
            List<HistoryStore.Past> history) {}

    /** @throws io.broadsheet.error.UserError when it is no address */
    public Shown show(String email) {
        Address address = Address.of(email);
        return database.read(tx -> {
            Optional<Suppression> found = suppressions.find(tx, address);
            return new Shown(
                    address.mailbox(),
                    found.isPresent(),
                    found.map(one -> one.why().word()).orElse(null),
                    found.map(Suppression::since).orElse(null),
                    found.map(Suppression::reply).orElse(null),
                    history.of(tx, address.key()));
        });
    }
}
