package io.broadsheet.feedback;

import io.broadsheet.db.Database;
import io.broadsheet.error.UserError;
import io.broadsheet.subscriber.Suppression;
import io.broadsheet.subscriber.Suppression.Why;
import io.broadsheet.subscriber.SuppressionStore;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Goes through the suppressed addresses, a page at a time. */
public final class ListSuppressions {
    private static final int PAGE = 500;

    private final Database database;
    private final SuppressionStore suppressions;

    public ListSuppressions(Database database, SuppressionStore suppressions) {
        this.database = database;
        this.suppressions = suppressions;
    }

    /**
     * Hands each to {@code to}, in the order of addresses, and answers how many.
     *
     * @param why {@code bounce}, {@code complaint} or {@code by-admin}; absent: all
     * @param limit how many at most
     * @throws UserError when nothing is suppressed for such a reason
     */
    public long each(@Nullable String why, long limit, Consumer<Suppression> to) {
        @Nullable Why only = why == null ? null : why(why);
        long count = 0;
        String after = "";
        List<Suppression> page;
        do {
            String from = after;
            page = database.read(tx -> suppressions.page(tx, from, PAGE));
            for (Suppression one : page) {
                after = one.addressKey();
                if (count < limit && (only == null || one.why() == only)) {
                    to.accept(one);
                    count++;
                }
            }
        } while (page.size() == PAGE && count < limit);
        return count;
    }

    /** @throws UserError when there is no such reason */
    static Why why(String word) {
        return Arrays.stream(Why.values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new UserError("'" + word + "' is no reason; write one of "
                        + String.join(
                                ", ", Arrays.stream(Why.values()).map(Why::word).toList())));
    }
}
