package io.broadsheet.demo;

import io.broadsheet.config.Home;
import io.broadsheet.error.OutsideError;
import io.broadsheet.progress.Progress;
import io.broadsheet.time.Pause;
import io.broadsheet.time.Stopwatch;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Plays the whole story in a sandbox and tells it: a newsroom is collected, feeds are built, three readers get their mail, something new happens. Quartz
 * fires and the senders send as they do anywhere; the demo only looks on from the outside. Used by one thread, but for the interruption.
 */
public final class Demo {
    private static final String NEWSLETTER = "news";

    private static final Duration LONGEST_STEP = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    /** Of the sandbox, where the daily cadence fires every two seconds. */
    private static final Duration MORE_THAN_A_DAY = Duration.ofMillis(2500);

    private static final Duration FOR_GOOD = Duration.ofDays(3650);
    private static final Duration FOR_GOOD_ORDER = Duration.ofSeconds(15);

    private final Function<Home, ? extends Installation> open;
    private final Clock clock;
    private final PrintStream out;
    private final Pause interruption = new Pause();

    /**
     * @param open opens a home and makes its database
     * @param out where the story is told
     */
    public Demo(Function<Home, ? extends Installation> open, Clock clock, PrintStream out) {
        this.open = open;
        this.clock = clock;
        this.out = out;
    }

    /**
     * Runs until Ctrl-C or SIGTERM.
     *
     * @param once whether to end by itself instead, after checking from the outside what was done
     * @return whether every check held
     */
    public boolean run(boolean once) {
        CountDownLatch cleared = new CountDownLatch(1);
        Thread ending = new Thread(() -> end(cleared), "ending");
        Runtime.getRuntime().addShutdownHook(ending);
        try (Newsroom newsroom = Newsroom.open(clock);
                Mailboxes mailboxes = Mailboxes.open();
                SandboxHome sandbox = SandboxHome.write(newsroom.address(), mailboxes.smtpPort(), clock);
                InboxPages inbox = InboxPages.open(mailboxes);
                Installation installation = open.apply(sandbox.home())) {
            return play(once, new Stage(newsroom, mailboxes, sandbox, inbox, installation));
        } finally {
            cleared.countDown();
            if (!interruption.isStopped()) {
                Runtime.getRuntime().removeShutdownHook(ending);
            }
        }
    }

    private void end(CountDownLatch cleared) {
        interruption.stop();
        try {
            if (!cleared.await(FOR_GOOD_ORDER.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)) {
                out.println("the sandbox did not end in time; its folder may be left");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean play(boolean once, Stage stage) {
        Checks checks = new Checks(out);
        try {
            Story story = tellStory(stage);
            if (!once) {
                out.println("Put a text or Markdown file into "
                        + stage.sandbox().releases() + " and see it come. Ctrl-C ends the sandbox.");
                return interruption.stoppedWithin(FOR_GOOD);
            }
            lookFromOutside(stage, story, checks);
        } catch (OutsideError e) {
            if (!once || interruption.isStopped()) {
                throw e;
            }
            checks.that(String.valueOf(e.getMessage()), false);
        }
        return checks.sum();
    }

    private Story tellStory(Stage stage) {
        Reader.ALL.forEach(reader -> stage.installation().addSubscriber().add(reader.request(NEWSLETTER)));
        Outside outside = new Outside(stage.installation().serve());
        Story story = new Story(stage.mailboxes(), outside);
        out.println("A newsroom is open at " + stage.newsroom().address() + "/, and Broadsheet at " + outside.at("/"));
        int all = Story.HEADLINES.size();
        await("the feed holds " + all + " articles", () -> story.items("all").size() == all);
        out.println("Collected " + all + " articles from 3 sources; one story was in two of them.");
        await(
                "there are 3 feeds",
                () -> Story.FEEDS.stream().noneMatch(feed -> story.items(feed).isEmpty()));
        out.println("Built 3 feeds, each as RSS, Atom and JSON, at");
        Story.FEEDS.forEach(feed -> out.println("    " + outside.at("/feeds/" + feed + ".rss")));
        await("each reader has " + all + " articles", () -> Reader.ALL.stream().allMatch(story::hasAllOfTheFirst));
        out.println(
                "Sent the edition to 3 readers, accepted 3; in this sandbox a day lasts two seconds, a week three:");
        Reader.ALL.forEach(reader -> out.println("    " + reader.email() + ", " + reader.wish()));
        out.println("Open the sandbox inbox and read the mails as HTML, text and source: "
                + stage.inbox().address());
        somethingNew(stage, story, "newsroom/first.xml", Story.FIRST_NEW, Reader.ALL);
        return story;
    }

    /** Drops an article into the newsroom, and waits until these readers have it. */
    private void somethingNew(Stage stage, Story story, String item, String headline, List<Reader> readers) {
        out.println("Dropped a new article into the newsroom: " + headline);
        stage.newsroom().publish(Sample.text(item));
        await("the feed holds it", () -> story.headlines("all").contains(headline));
        await("its readers have it", () -> readers.stream().allMatch(reader -> story.times(reader, headline) > 0));
        out.println("Collected, published, and mailed to " + readers.size() + " readers; to nobody twice.");
    }

    private void lookFromOutside(Stage stage, Story story, Checks checks) {
        Outside outside = story.outside();
        SelfCheck selfCheck =
                new SelfCheck(checks, outside, story, stage.mailboxes().imapPort());
        out.println("Looking from the outside:");
        selfCheck.pages();
        selfCheck.feeds();
        selfCheck.mails();
        checks.same(
                "one click unsubscribes " + Reader.BRUNO.email(),
                outside.oneClick(selfCheck.oneClickOf(Reader.BRUNO)).statusCode(),
                200);
        somethingNew(stage, story, "newsroom/second.xml", Story.SECOND_NEW, List.of(Reader.ADA, Reader.CHIYO));
        checks.same(
                "sending by hand finds that everybody has had everything",
                stage.installation()
                        .sendEdition()
                        .send(NEWSLETTER, null, 0, Progress.NONE)
                        .state(),
                "nothing-new");
        if (interruption.stoppedWithin(MORE_THAN_A_DAY)) {
            throw interrupted();
        }
        checks.same(Reader.BRUNO.email() + " gets nothing any more", story.times(Reader.BRUNO, Story.SECOND_NEW), 0L);
        checks.same(Reader.ADA.email() + " gets it once", story.times(Reader.ADA, Story.SECOND_NEW), 1L);
        checks.same(Reader.CHIYO.email() + " gets it once", story.times(Reader.CHIYO, Story.SECOND_NEW), 1L);
    }

    /** Looks until it is so. */
    private void await(String what, BooleanSupplier isSo) {
        Stopwatch stopwatch = Stopwatch.start();
        while (!isSo.getAsBoolean()) {
            if (interruption.stoppedWithin(BETWEEN_LOOKS)) {
                throw interrupted();
            }
            if (stopwatch.elapsed().compareTo(LONGEST_STEP) > 0) {
                throw new OutsideError(
                        "in " + LONGEST_STEP.toSeconds() + " s it did not come to pass that " + what, true, null);
            }
        }
    }

    private static OutsideError interrupted() {
        return new OutsideError("the demo was interrupted", true, null);
    }

    /** The parts of the sandbox. */
    private record Stage(
            Newsroom newsroom, Mailboxes mailboxes, SandboxHome sandbox, InboxPages inbox, Installation installation) {}
}
