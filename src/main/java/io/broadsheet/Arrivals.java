package io.broadsheet;

import io.broadsheet.article.PostArticles;
import io.broadsheet.article.TakePush;
import io.broadsheet.schedule.Watch;
import io.broadsheet.source.AnswerHub;
import io.broadsheet.source.CheckToken;
import io.broadsheet.source.KeepHubs;
import io.broadsheet.web.ClientAddress;
import io.broadsheet.web.Routes;
import io.broadsheet.web.api.ArticleRoutes;
import io.broadsheet.web.websub.HubRoutes;
import io.broadsheet.web.websub.PushQueue;
import java.time.Duration;
import java.util.List;

/** The doors by which articles come to us without our going there: posted by who holds a token, pushed by hubs. */
final class Arrivals implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** Of one pushed document. More is fetched instead, within fetch.max-bytes, which streams it. */
    private static final int PUSH_BYTES_MAX = 8 << 20;

    private final boolean pushed;
    private final KeepHubs keepHubs;
    private final PushQueue queue;
    private final Watch watch;
    private final List<Routes> routes;

    /**
     * @param followUp what is done when articles came
     * @param visitWhatIsDue has sources visited whose time has come
     */
    Arrivals(Broadsheet home, ClientAddress clients, Runnable followUp, Runnable visitWhatIsDue) {
        String siteUrl = home.settings.site().url();
        String language = home.settings.site().language();
        PostArticles postArticles =
                new PostArticles(home.database, home.clock, home.ids, home.sources, home.articles, language);
        TakePush takePush = new TakePush(home.database, home.clock, home.ids, home.sources, home.articles, language);
        AnswerHub answerHub = new AnswerHub(home.database, home.clock, home.hubKeys, home.sources);
        this.pushed = home.settings.fetch().websub();
        this.queue = new PushQueue(takePush, answerHub, home.clock, followUp, visitWhatIsDue);
        this.routes = List.of(
                new ArticleRoutes(
                        new CheckToken(home.database, home.clock, home.sources),
                        postArticles,
                        clients,
                        siteUrl,
                        home.clock,
                        queue::articlesCame),
                new HubRoutes(
                        answerHub,
                        queue,
                        Math.toIntExact(
                                Math.min(PUSH_BYTES_MAX, home.settings.fetch().maxBytes()))));
        this.keepHubs = new KeepHubs(home.database, home.clock, home.fetcher, home.sources, home.hubKeys, siteUrl);
        // A thread of its own: a hub may take its time.
        this.watch = new Watch(BETWEEN_LOOKS, List.of(pushed ? keepHubs::due : keepHubs::dueGoodbyes));
    }

    List<Routes> routes() {
        return routes;
    }

    /** Before the schedule, so that what a killed process left owing is visited by its first round. */
    void start() {
        keepHubs.visitWhatIsOwed();
        if (!pushed) {
            keepHubs.leaveAll();
        }
        queue.start();
        watch.start();
    }

    @Override
    public void close() {
        watch.close();
        queue.close();
    }
}
