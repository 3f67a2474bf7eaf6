package io.broadsheet;

import io.broadsheet.config.Settings;
import io.broadsheet.feedback.ExportSuppressions;
import io.broadsheet.feedback.FeedbackStore;
import io.broadsheet.feedback.ImportSuppressions;
import io.broadsheet.feedback.ListSuppressions;
import io.broadsheet.feedback.ListUnparsed;
import io.broadsheet.feedback.ReviewRefusals;
import io.broadsheet.feedback.ShowSuppression;
import io.broadsheet.feedback.Suppress;
import io.broadsheet.feedback.TakeFeedback;
import io.broadsheet.subscriber.Tokens;

/** What comes back, and what an admin says of addresses; none of it claims work, so it needs no node. */
final class Returns {
    private final Broadsheet home;
    private final Editions editions;
    private final Tokens tokens;
    private final FeedbackStore feedback;
    private final Settings.Suppress suppress;

    Returns(Broadsheet home, Editions editions, Tokens tokens) {
        this.home = home;
        this.editions = editions;
        this.tokens = tokens;
        this.feedback = new FeedbackStore(home.ids);
        this.suppress = home.settings.mail().feedback().suppress();
    }

    TakeFeedback takeFeedback() {
        return new TakeFeedback(
                home.database,
                home.clock,
                feedback,
                home.subscribers,
                editions.returnPaths,
                editions.messageIds,
                tokens,
                suppress);
    }

    ReviewRefusals reviewRefusals() {
        return new ReviewRefusals(home.database, home.clock, feedback, home.subscribers, suppress);
    }

    Suppress suppress() {
        return new Suppress(home.database, home.clock, feedback, home.subscribers);
    }

    ListSuppressions listSuppressions() {
        return new ListSuppressions(home.database, home.subscribers.suppressions());
    }

    ShowSuppression showSuppression() {
        return new ShowSuppression(home.database, home.subscribers.suppressions());
    }

    ImportSuppressions importSuppressions() {
        return new ImportSuppressions(home.database, home.clock, feedback, home.subscribers);
    }

    ExportSuppressions exportSuppressions() {
        return new ExportSuppressions(listSuppressions());
    }

    ListUnparsed listUnparsed() {
        return new ListUnparsed(home.database, feedback);
    }
}
