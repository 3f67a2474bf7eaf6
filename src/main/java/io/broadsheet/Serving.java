package io.broadsheet;

import io.broadsheet.config.ListenAddress;
import io.broadsheet.db.Node;
import io.broadsheet.delivery.DeliverySwitch;
import io.broadsheet.delivery.Dispatch;
import io.broadsheet.edition.DueEditions;
import io.broadsheet.error.OutsideError;
import io.broadsheet.error.UserError;
import io.broadsheet.feed.PublishedFeeds;
import io.broadsheet.progress.Progress;
import io.broadsheet.schedule.FollowArticles;
import io.broadsheet.schedule.Round;
import io.broadsheet.schedule.Schedule;
import io.broadsheet.schedule.Timetable;
import io.broadsheet.schedule.Watch;
import io.broadsheet.source.FolderWatch;
import io.broadsheet.source.Source;
import io.broadsheet.web.ClientAddress;
import io.broadsheet.web.Routes;
import io.broadsheet.web.WebServer;
import io.broadsheet.web.hooks.HookRoutes;
import io.broadsheet.web.ops.Metrics;
import io.broadsheet.web.ops.OpsRoutes;
import io.broadsheet.web.site.FeedRoutes;
import io.broadsheet.web.site.MediaRoutes;
import io.broadsheet.web.site.Newsroom;
import io.broadsheet.web.site.Pages;
import io.broadsheet.web.site.ReadingRoutes;
import io.broadsheet.web.site.SubscriptionRoutes;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Server, schedule and senders of one process. */
final class Serving implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Serving.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final Duration BETWEEN_FOLDERS = Duration.ofMillis(200);
    private static final Duration BETWEEN_REVIEWS = Duration.ofSeconds(3);

    private final Broadsheet home;
    private final Mailing mailing;
    private final DeliverySwitch deliverySwitch;
    private final Metrics metrics;
    private final PublishedFeeds published;
    private final WebServer site;
    private final @Nullable WebServer ops;
    /** Another one when others took this process for dead. */
    private volatile Dispatch dispatch;

    private final Intake intake;
    private final Arrivals arrivals;
    private final Round round;
    private final Schedule schedule;
    private final Watch watch;
    private final Watch composing;
    private final Watch reviewing;
    private final FolderWatch folderWatch;
    private final Watch folders;
    private final DueEditions dueEditions;
    /** Cadences to look at though no trigger fires for them: at the start, since Quartz knows no slot from before a trigger was made; and after a failure. */
    private final Set<Slots> owed = ConcurrentHashMap.newKeySet();

    /** One cadence of one newsletter. */
    private record Slots(String newsletter, String cadence) {}

    /** What the watch saw last; it alone touches them. */
    private Optional<String> appliedConfig = Optional.empty();

    private final FollowArticles followArticles;

    private Optional<DeliverySwitch.Stopped> stopped = Optional.empty();

    /** @throws UserError when another {@code serve} lives on the same SQLite home */
    Serving(Broadsheet home, Mailing mailing) {
        this.home = home;
        this.mailing = mailing;
        Node node = mailing.node();
        if (home.database.address().isSqlite() && node.anotherServeIsAlive()) {
            throw new UserError("serve: another one runs on this home; stop it first, or use PostgreSQL for several");
        }
        this.deliverySwitch = home.deliverySwitch();
        this.published = new PublishedFeeds(home.home.feeds());
        this.metrics = new Metrics();
        Pages pages = new Pages(home.templates, home.settings, published);
        Newsroom newsroom = new Newsroom(home.database, home.articles, home.newsletters);
        ClientAddress clients = new ClientAddress(home.settings.server().trustedProxies());
        Routes opsRoutes = new OpsRoutes(
                home.database, metrics, () -> deliverySwitch.stopped().map(DeliverySwitch.Stopped::line));
        List<Routes> routes = new ArrayList<>(List.of(
                new FeedRoutes(published, home.clock, metrics),
                new MediaRoutes(Fetching.media(home.home, home.settings, home.clock)),
                new ReadingRoutes(newsroom, pages),
                new SubscriptionRoutes(newsroom, pages, home.subscribe(), home.unsubscribe(), clients, home.clock)));
        this.arrivals = new Arrivals(home, clients, this::followUp, this::visitWhatIsDue);
        routes.addAll(arrivals.routes());
        this.intake = new Intake(home, home.takeFeedback(), metrics);
        routes.add(new HookRoutes(intake.takeWebhook()));
        ListenAddress opsListen = home.settings.server().opsListen();
        Duration grace = home.settings.server().grace();
        if (opsListen == null) {
            routes.add(opsRoutes);
            this.ops = null;
        } else {
            this.ops = new WebServer(opsListen, grace, List.of(opsRoutes), pages);
        }
        this.site = new WebServer(home.settings.server().listen(), grace, routes, pages);
        this.dispatch = mailing.dispatch();
        this.round = new Round(
                home.database,
                home.clock,
                home.sources,
                home.newsletters,
                home.collect(),
                home.publishFeeds(),
                mailing.dueEditions());
        this.followArticles = new FollowArticles(() -> home.database.read(home.articles::changeMark), round::followUp);
        this.dueEditions = mailing.dueEditions();
        this.schedule = new Schedule(home.database, node.id(), home.clock, round::collect, this::slotCame);
        this.watch = new Watch(
                BETWEEN_LOOKS,
                List.of(
                        this::lookAtConfig,
                        round::takeLate,
                        this::lookAtArticles,
                        this::lookAtNodes,
                        this::lookAtSwitch));
        // Composing takes its time, and the others must not wait for it.
        this.reviewing = new Watch(BETWEEN_REVIEWS, List.of(home.reviewRefusals()::review));
        this.folderWatch = new FolderWatch(home.home.folder());
        this.folders = new Watch(BETWEEN_FOLDERS, List.of(this::lookAtFolders));
        this.composing = new Watch(BETWEEN_LOOKS, List.of(this::lookAtSlots, this::lookAtComposing));
    }

    /** Feeds that were built before are served at once; what never was is built first. */
    URI start() {
        publishWhatNeverWas();
        site.start();
        if (ops != null) {
            ops.start();
        }
        intake.start();
        arrivals.start();
        dispatch.start();
        timetables().forEach(one -> owed.add(new Slots(one.newsletter(), one.cadence())));
        watch.start();
        watchFolders();
        folders.start();
        composing.start();
        reviewing.start();
        schedule.start(timetables());
        return URI.create("http://" + site.bound());
    }

    /** Whoever asks as soon as the door is open gets a feed, not 404. */
    private void publishWhatNeverWas() {
        boolean all = home.database.read(home.feeds::open).stream()
                .allMatch(feed -> published.standing(feed.name()) == PublishedFeeds.Standing.OPEN);
        if (all) {
            return;
        }
        try {
            home.publishFeeds().build(Progress.NONE);
        } catch (OutsideError e) {
            log.atWarn()
                    .addKeyValue("error", e.getMessage())
                    .log("feeds not published at the start; it is tried again");
        }
    }

    private void followUp() {
        round.followUp();
    }

    private void visitWhatIsDue() {
        schedule.reload(timetables());
    }

    private List<Timetable> timetables() {
        return Timetable.of(home.database.read(home.newsletters::open), home.zone);
    }

    /** Another process may have applied other files. */
    private void lookAtConfig() {
        Optional<String> applied = home.apply().appliedHash();
        if (!applied.equals(appliedConfig)) {
            if (appliedConfig.isPresent()) {
                schedule.reload(timetables());
                watchFolders();
                home.publishFeeds().build(Progress.NONE);
            }
            // Only now: what fails is tried again.
            appliedConfig = applied;
        }
    }

    private void watchFolders() {
        folderWatch.watch(home.database.read(home.sources::open).stream()
                .map(Source::definition)
                .toList());
    }

    /** A file that was put into a folder is news at once. */
    private void lookAtFolders() {
        Set<String> changed = folderWatch.changed();
        if (!changed.isEmpty()) {
            round.collect(changed);
        }
    }

    /** Another process may have collected, and so may one that died before it could follow up. */
    private void lookAtArticles() {
        followArticles.look();
    }

    /** What a process that died was sending; and whether others took this one for dead. */
    private void lookAtNodes() {
        if (mailing.node().isForgotten()) {
            // What it holds was taken over: whatever it still writes in its old name is lost on others, as it should
            // be.
            dispatch.close(Duration.ZERO);
            mailing.node().rejoin();
            dispatch = mailing.dispatch();
            dispatch.start();
        }
        mailing.takeOver().fromTheDead();
    }

    /** An admin may have stopped all mail, from another process. */
    private void lookAtSwitch() {
        Optional<DeliverySwitch.Stopped> now = deliverySwitch.stopped();
        if (!now.equals(stopped)) {
            now.ifPresentOrElse(
                    why -> log.atWarn().log("no mail goes out: {}", why.line()),
                    () -> log.atInfo().log("mail goes on"));
            metrics.deliveryStopped(now.isPresent());
            stopped = now;
        }
    }

    private void slotCame(String newsletter, String cadence) {
        try {
            dueEditions.run(newsletter, cadence);
        } catch (RuntimeException e) {
            // The database may have been locked: a daily slot must not wait for tomorrow's trigger.
            owed.add(new Slots(newsletter, cadence));
            throw e;
        }
    }

    private void lookAtSlots() {
        @Nullable RuntimeException failure = null;
        for (Slots one : List.copyOf(owed)) {
            owed.remove(one);
            try {
                slotCame(one.newsletter(), one.cadence());
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** What a killed process left half composed, whatever it was asked by. */
    private void lookAtComposing() {
        mailing.composeEdition().takeUp(Progress.NONE);
    }

    /** Nothing new comes in, nothing new begins, what is in flight ends. */
    @Override
    public void close() {
        site.close();
        if (ops != null) {
            ops.close();
        }
        intake.close();
        arrivals.close();
        round.stop();
        schedule.close();
        watch.close();
        folders.close();
        folderWatch.close();
        composing.close();
        reviewing.close();
        dispatch.close(home.settings.server().grace());
    }
}
