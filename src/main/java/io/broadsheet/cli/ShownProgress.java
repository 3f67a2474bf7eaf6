package io.broadsheet.cli;

import io.broadsheet.progress.Progress;
import io.broadsheet.time.Stopwatch;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far long work is, on standard error: on a terminal a bar with the last note, the rate and the time left; else one line per note. Safe for
 * several threads, because each method holds the one lock.
 */
final class ShownProgress implements Progress, AutoCloseable {
    private static final int REDRAW_MS = 200;

    private final Terminal terminal;
    private final String task;
    private final Duration betweenLines;
    private @Nullable ProgressBar bar;
    private @Nullable Stopwatch sinceLine;

    /** @param task what goes on, such as {@code "collecting"} */
    ShownProgress(Terminal terminal, String task) {
        this(terminal, task, Duration.ZERO);
    }

    /** @param betweenLines without a terminal, how long at least from one line to the next, for work whose notes are a running count */
    ShownProgress(Terminal terminal, String task, Duration betweenLines) {
        this.betweenLines = betweenLines;
        this.terminal = terminal;
        this.task = task;
    }

    @Override
    public synchronized void total(long total) {
        if (!terminal.isWatched()) {
            return;
        }
        if (bar == null) {
            bar = draw(total);
        } else {
            bar.maxHint(total);
        }
    }

    private ProgressBar draw(long total) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .showSpeed()
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REDRAW_MS)
                .setConsumer(new ConsoleProgressBarConsumer(terminal.err(), terminal.width()))
                .build();
    }

    @Override
    public synchronized void done(long done) {
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    @Override
    public synchronized void note(String note) {
        if (bar != null) {
            bar.setExtraMessage(" " + note);
        } else if (!terminal.isWatched() && isDue()) {
            terminal.tell(task + ": " + note);
            sinceLine = Stopwatch.start();
        }
    }

    private boolean isDue() {
        return sinceLine == null || sinceLine.elapsed().compareTo(betweenLines) >= 0;
    }

    /** Takes the bar's last state to the screen and leaves the line. */
    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
