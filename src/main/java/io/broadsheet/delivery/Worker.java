package io.broadsheet.delivery;

import io.broadsheet.delivery.JournalStore.Outcome;
import io.broadsheet.error.OutsideError;
import io.broadsheet.log.Safe;
import io.broadsheet.mail.OutgoingMessage;
import io.broadsheet.time.Pause;
import io.broadsheet.time.Stopwatch;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
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

    private final Outgoing outgoing;
    private final Lanes lanes;
    private final Journal journal;
    private final Messages messages;
    private final Judge judge;
    private final Welcome welcome;
    private final Pause stopping;
    private final BooleanSupplier maySend;
    private final Runnable afterIdle;

    private volatile @Nullable SmtpConnection connection;
    /** To which destination it stands, and whose claims it takes first. */
    private String destination = "";

    private @Nullable String provider;
    private int carried;
    private @Nullable Change pending;
    private Stopwatch sinceUse = Stopwatch.start();
    private int lostInARow;

    Worker(
            Outgoing outgoing,
            Journal journal,
            Messages messages,
            Judge judge,
            Welcome welcome,
            Pause stopping,
            BooleanSupplier maySend,
            Runnable afterIdle) {
        this.outgoing = outgoing;
        this.lanes = outgoing.lanes();
        this.journal = journal;
        this.messages = messages;
        this.judge = judge;
        this.welcome = welcome;
        this.stopping = stopping;
        this.maySend = maySend;
        this.afterIdle = afterIdle;
    }

    @Override
    public void run() {
        try {
            while (!stopping.isStopped()) {
                Claim claim = lanes.take(provider, IDLE);
                if (claim == null) {
                    idle();
                } else {
                    take(claim);
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

    private void take(Claim claim) {
        Verdict verdict = Verdict.NEUTRAL;
        try {
            verdict = deliver(claim);
        } finally {
            for (Claim waiting : lanes.ended(claim, verdict)) {
                journal.put(List.of(released(waiting)));
            }
        }
    }

    private Verdict deliver(Claim claim) {
        if (!claim.wanted()) {
            journal.put(List.of(suppressed(claim)));
            return Verdict.NEUTRAL;
        }
        OutgoingMessage message;
        try {
            message = messages.write(claim);
        } catch (RuntimeException e) {
            // One reader's mail must not stop the others'.
            log.atWarn().setCause(e).addKeyValue("mail", claim.ref()).log("a message could not be written");
            journal.put(List.of(judge.notTried(claim, "not written: " + Safe.text(e.getMessage()))));
            return Verdict.NEUTRAL;
        }
        Route route = outgoing.routes().to(claim.subscriber().address().domain());
        if (route instanceof Route.Nowhere nowhere) {
            journal.put(List.of(judge.nowhere(claim, nowhere.reply())));
            return nowhere.reply().isTransient() ? Verdict.UNREACHABLE : Verdict.NEUTRAL;
        }
        Route.Via via = (Route.Via) route;
        SmtpConnection open;
        try {
            open = connected(via);
        } catch (OutsideError e) {
            if (outgoing.isDirect()) {
                journal.put(List.of(judge.notTried(claim, "4.4.1 " + e.getMessage())));
                return Verdict.UNREACHABLE;
            }
            open = null;
        }
        if (open == null) {
            journal.put(List.of(released(claim)));
            return Verdict.NEUTRAL;
        }
        provider = lanes.providers().of(claim.subscriber().address().domain());
        Verdict verdict = send(claim, message, open);
        if (++carried >= via.messagesMax()) {
            flush();
            disconnect();
        }
        return verdict;
    }

    private Verdict send(Claim claim, OutgoingMessage message, SmtpConnection open) {
        Change sending = Change.sending(claim.ref(), claim.attempts(), outgoing.name());
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
        Verdict verdict = Verdict.NEUTRAL;
        if (outcome == Outcome.WRITTEN) {
            verdict = ended(claim, ending);
        } else {
            notSent(claim, outcome);
            verdict = outcome == Outcome.STOPPED || outcome == Outcome.CANCELLED ? Verdict.STOPPED : verdict;
        }
        if (!(ending instanceof Ending.Answered answered) || answered.reply().isClosing()) {
            flush();
            disconnect();
        }
        return verdict;
    }

    /** What came of the ticket's last change, {@code sending}; GONE when the process ends before it is written. */
    private static Outcome outcome(Journal.Ticket ticket) {
        List<Outcome> outcomes = ticket.await();
        return outcomes.isEmpty() ? Outcome.GONE : outcomes.get(outcomes.size() - 1);
    }

    private Verdict ended(Claim claim, Ending ending) {
        if (ending instanceof Ending.Answered answered) {
            return answered(claim, answered.reply());
        }
        if (ending instanceof Ending.Lost lost) {
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
        return Verdict.NEUTRAL;
    }

    private Verdict answered(Claim claim, Reply reply) {
        String to = lanes.providers().of(claim.subscriber().address().domain());
        if (reply.isAccepted()) {
            lostInARow = 0;
            pending = judge.replied(claim, reply);
            welcome.accepted(outgoing.name(), to);
            return Verdict.ACCEPTED;
        }
        Verdict verdict = reply.isSlowDown() ? Verdict.SLOW_DOWN : Verdict.NEUTRAL;
        if (reply.isNotWelcome() && claim.ref() instanceof Ref.OfEdition of) {
            boolean paused = welcome.refused(outgoing.name(), to, of.edition(), reply);
            pending = paused ? judge.later(claim, reply) : judge.replied(claim, reply);
            verdict = paused ? Verdict.STOPPED : Verdict.NOT_WELCOME;
        } else if (reply.isClosing() && verdict == Verdict.NEUTRAL && reply.phase() != Reply.Phase.DOT) {
            // It closes this connection, for reasons of its own: the message goes over another.
            lostInARow++;
            pending = judge.lostBeforeDot(claim, reply.line());
        } else {
            lostInARow = 0;
            pending = judge.replied(claim, reply);
        }
        log.atInfo()
                .addKeyValue("mail", claim.ref())
                .addKeyValue("state", pending.to().word())
                .addKeyValue("reply", reply.line())
                .log("a message was not accepted");
        return verdict;
    }

    private void notSent(Claim claim, Outcome outcome) {
        if (outcome == Outcome.UNWANTED) {
            journal.put(List.of(suppressed(claim)));
        } else if (outcome == Outcome.STOPPED) {
            journal.put(List.of(released(claim)));
        } else if (outcome == Outcome.CANCELLED) {
            journal.put(List.of(
                    Change.of(claim.ref(), claim.attempts(), DeliveryState.CLAIMED, DeliveryState.CANCELLED, null)));
        }
    }

    private static Change suppressed(Claim claim) {
        return Change.of(
                claim.ref(),
                claim.attempts(),
                DeliveryState.CLAIMED,
                DeliveryState.SUPPRESSED,
                "unsubscribed or suppressed meanwhile");
    }

    private static Change released(Claim claim) {
        return Change.of(claim.ref(), claim.attempts(), DeliveryState.CLAIMED, DeliveryState.QUEUED, null);
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

    /** The connection to there, kept or new; absent when none can be had now. */
    private @Nullable SmtpConnection connected(Route.Via via) {
        SmtpConnection kept = connection;
        boolean elsewhere = !destination.equals(via.key());
        if (kept != null && (elsewhere || sinceUse.elapsed().compareTo(TRUSTED) > 0 && !kept.answers())) {
            flush();
            disconnect();
        }
        if (connection == null) {
            connect(via);
        }
        return connection;
    }

    private void connect(Route.Via via) {
        // Nothing of ours waits unwritten while we wait for the server.
        flush();
        Reach reach = outgoing.reach();
        if (!reach.mayProbe()) {
            return;
        }
        if (lostInARow > 0 && stopping.stoppedWithin(Reach.pause(lostInARow).dividedBy(4))) {
            return;
        }
        SmtpConnection opened;
        try {
            opened = via.connector().connect();
        } catch (OutsideError e) {
            if (!outgoing.isDirect()) {
                reach.failed(String.valueOf(e.getMessage()));
                // With the server away its own pauses hold; where others are let in, this one waits by itself.
                lostInARow = reach.isAway() ? 0 : lostInARow + 1;
            }
            throw e;
        }
        reach.connected();
        connection = opened;
        destination = via.key();
        carried = 0;
        sinceUse = Stopwatch.start();
    }

    private void disconnect() {
        SmtpConnection old = connection;
        connection = null;
        provider = null;
        if (old != null) {
            outgoing.reach().disconnected();
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
