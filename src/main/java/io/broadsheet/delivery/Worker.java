package io.broadsheet.delivery;

import io.broadsheet.delivery.JournalStore.Outcome;
import io.broadsheet.error.OutsideError;
import io.broadsheet.log.Safe;
import io.broadsheet.mail.OutgoingMessage;
import io.broadsheet.time.Pause;
import io.broadsheet.time.Stopwatch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that owns one SMTP connection and sends one claim after another.
 *
 * <p>The reply to message n and the {@code sending} of message n+1 are handed to the journal as one record before the MAIL FROM of n+1, and awaited
 * only before its final dot: the commit runs while the message travels. So at most one message a connection is {@code sending} at any instant, and
 * a reply is durable before the next dot. A reply without a successor is handed over when the worker has been idle for 50 ms, and when it stops.
 */
final class Worker implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Worker.class);
    private static final Duration IDLE = Duration.ofMillis(50);
    /** After this long without a message the server is asked whether it is still there, which costs a round trip. */
    private static final Duration TRUSTED = Duration.ofSeconds(1);
    /** Servers close idle connections after 5 minutes (RFC 5321 §4.5.3.2.7); we go before. */
    private static final Duration KEPT = Duration.ofSeconds(30);

    private final BlockingQueue<Claim> claims;
    private final Supplier<SmtpConnection> connections;
    private final Journal journal;
    private final Messages messages;
    private final Judge judge;
    private final Reach reach;
    private final Pause stopping;
    private final BooleanSupplier maySend;
    private final Runnable afterIdle;

    private volatile @Nullable SmtpConnection connection;
    private @Nullable Change pending;
    private Stopwatch sinceUse = Stopwatch.start();
    private int lostInARow;

    Worker(
            BlockingQueue<Claim> claims,
            Supplier<SmtpConnection> connections,
            Journal journal,
            Messages messages,
            Judge judge,
            Reach reach,
            Pause stopping,
            BooleanSupplier maySend,
            Runnable afterIdle) {
        this.claims = claims;
        this.connections = connections;
        this.journal = journal;
        this.messages = messages;
        this.judge = judge;
        this.reach = reach;
        this.stopping = stopping;
        this.maySend = maySend;
        this.afterIdle = afterIdle;
    }

    @Override
    public void run() {
        try {
            while (!stopping.isStopped()) {
                Claim claim = claims.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
                if (claim == null) {
                    idle();
                } else {
                    deliver(claim);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            flush();
            disconnect();
        }
    }

    private void idle() {
        if (flush()) {
            afterIdle.run();
        }
        if (connection != null && sinceUse.elapsed().compareTo(KEPT) > 0) {
            disconnect();
        }
    }

    private void deliver(Claim claim) {
        if (!claim.wanted()) {
            journal.put(List.of(suppressed(claim)));
            return;
        }
        OutgoingMessage message;
        try {
            message = messages.write(claim);
        } catch (RuntimeException e) {
            // One reader's mail must not stop the others'.
            log.atWarn().setCause(e).addKeyValue("mail", claim.ref()).log("a message could not be written");
            journal.put(List.of(judge.notTried(claim, "not written: " + Safe.text(e.getMessage()))));
            return;
        }
        SmtpConnection open = connected();
        if (open == null) {
            journal.put(List.of(released(claim)));
            return;
        }
        send(claim, message, open);
    }

    private void send(Claim claim, OutgoingMessage message, SmtpConnection open) {
        Change sending = Change.sending(claim.ref());
        Change before = pending;
        pending = null;
        Journal.Ticket ticket = journal.put(before == null ? List.of(sending) : List.of(before, sending));
        Ending ending;
        try {
            ending = open.send(message, () -> outcome(ticket) == Outcome.WRITTEN && maySend.getAsBoolean());
        } catch (IllegalArgumentException e) {
            ending = new Ending.Answered(Reply.of(553, "5.1.3 " + e.getMessage(), Reply.Phase.RCPT));
        }
        sinceUse = Stopwatch.start();
        Outcome outcome = outcome(ticket);
        if (outcome == Outcome.WRITTEN) {
            ended(claim, ending);
        } else {
            notSent(claim, outcome);
        }
        if (!(ending instanceof Ending.Answered)) {
            flush();
            disconnect();
        }
    }

    /** What came of the ticket's last change, {@code sending}; GONE when the process ends before it is written. */
    private static Outcome outcome(Journal.Ticket ticket) {
        List<Outcome> outcomes = ticket.await();
        return outcomes.isEmpty() ? Outcome.GONE : outcomes.get(outcomes.size() - 1);
    }

    private void ended(Claim claim, Ending ending) {
        if (ending instanceof Ending.Answered answered) {
            lostInARow = 0;
            pending = judge.replied(claim, answered.reply());
            if (!answered.reply().isAccepted()) {
                log.atInfo()
                        .addKeyValue("mail", claim.ref())
                        .addKeyValue("state", pending.to().word())
                        .addKeyValue("reply", answered.reply().line())
                        .log("a message was not accepted");
            }
        } else if (ending instanceof Ending.Lost lost) {
            lostInARow++;
            pending = lost.afterDot() ? judge.unknown(claim, lost.why()) : judge.lostBeforeDot(claim, lost.why());
            log.atWarn()
                    .addKeyValue("mail", claim.ref())
                    .addKeyValue("state", pending.to().word())
                    .addKeyValue("why", lost.why())
                    .log(
                            lost.afterDot()
                                    ? "a connection was lost after the dot"
                                    : "a connection was lost before the dot");
        } else if (ending instanceof Ending.Withheld) {
            pending = judge.lostBeforeDot(claim, "this process could not renew its lease");
        }
    }

    private void notSent(Claim claim, Outcome outcome) {
        if (outcome == Outcome.UNWANTED) {
            journal.put(List.of(suppressed(claim)));
        } else if (outcome == Outcome.STOPPED) {
            journal.put(List.of(released(claim)));
        } else if (outcome == Outcome.CANCELLED) {
            journal.put(List.of(Change.of(claim.ref(), DeliveryState.CLAIMED, DeliveryState.CANCELLED, null)));
        }
    }

    private static Change suppressed(Claim claim) {
        return Change.of(
                claim.ref(), DeliveryState.CLAIMED, DeliveryState.SUPPRESSED, "unsubscribed or suppressed meanwhile");
    }

    private static Change released(Claim claim) {
        return Change.of(claim.ref(), DeliveryState.CLAIMED, DeliveryState.QUEUED, null);
    }

    /** Hands the last reply over and waits until it is durable; answers whether there was one. */
    private boolean flush() {
        Change last = pending;
        if (last == null) {
            return false;
        }
        pending = null;
        journal.put(List.of(last)).await();
        return true;
    }

    private @Nullable SmtpConnection connected() {
        SmtpConnection kept = connection;
        if (kept != null && sinceUse.elapsed().compareTo(TRUSTED) > 0 && !kept.answers()) {
            disconnect();
        }
        if (connection == null) {
            connect();
        }
        return connection;
    }

    private void connect() {
        // Nothing of ours waits unwritten while we wait for the server.
        flush();
        if (!reach.mayProbe()) {
            return;
        }
        if (lostInARow > 0 && stopping.stoppedWithin(Reach.pause(lostInARow).dividedBy(4))) {
            return;
        }
        SmtpConnection opened = connections.get();
        try {
            opened.open();
        } catch (OutsideError e) {
            opened.abort();
            reach.failed(String.valueOf(e.getMessage()));
            // With the server away its own pauses hold; where others are let in, this one waits by itself.
            lostInARow = reach.isAway() ? 0 : lostInARow + 1;
            return;
        }
        reach.connected();
        connection = opened;
        sinceUse = Stopwatch.start();
    }

    private void disconnect() {
        SmtpConnection old = connection;
        connection = null;
        if (old != null) {
            reach.disconnected();
            old.quit();
        }
    }

    /** Called by the owner's thread: breaks off a write that the server does not take. */
    void watch() {
        SmtpConnection open = connection;
        if (open != null) {
            open.abortIfStuck();
        }
    }

    /** Called by the owner's thread when the grace is over. */
    void abort() {
        SmtpConnection open = connection;
        if (open != null) {
            open.abort();
        }
    }
}
