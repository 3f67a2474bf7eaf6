package io.broadsheet.feedback.listener;

import io.broadsheet.config.FeedbackDoors;
import io.broadsheet.config.FeedbackDoors.ListenerProtocol;
import io.broadsheet.config.ListenAddress;
import io.broadsheet.error.OutsideError;
import io.broadsheet.feedback.MailBack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for what comes back. Owns its threads: {@code listener}, which lets callers in, and {@code listener-N} for each connection. Started once,
 * closed once; both by one thread.
 */
public final class MailServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MailServer.class);
    private static final Duration THREAD_IDLE = Duration.ofSeconds(30);
    private static final int BACKLOG = 50;
    private static final int BUSY_SECONDS = 5;

    private final FeedbackDoors.Listener settings;
    private final Set<String> domains;
    private final Consumer<MailBack> take;
    private final Duration grace;
    private final Limits limits;
    private final ServerSocket socket;
    private final Thread thread = new Thread(this::listen, "listener");
    private final ThreadPoolExecutor conversations;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Map<InetAddress, Integer> byPeer = new ConcurrentHashMap<>();
    private volatile boolean stopping;
    private volatile boolean hindered;

    /**
     * @param domains lower-case, at least one; mail for others isn't taken; the first is how the server names itself
     * @param take commits one mail, or throws
     * @param grace how long {@link #close} waits for mails that are being taken
     */
    public MailServer(FeedbackDoors.Listener settings, Set<String> domains, Consumer<MailBack> take, Duration grace) {
        this(settings, domains, take, grace, Limits.USUAL);
    }

    MailServer(
            FeedbackDoors.Listener settings,
            Set<String> domains,
            Consumer<MailBack> take,
            Duration grace,
            Limits limits) {
        this.settings = settings;
        this.domains = domains;
        this.take = take;
        this.grace = grace;
        this.limits = limits;
        AtomicInteger number = new AtomicInteger();
        this.conversations = new ThreadPoolExecutor(
                0,
                limits.connections(),
                THREAD_IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> new Thread(task, "listener-" + number.incrementAndGet()));
        try {
            this.socket = new ServerSocket();
        } catch (IOException e) {
            throw cannotListen(e);
        }
    }

    /** @throws OutsideError when the address can't be bound */
    public void start() {
        ListenAddress listen = settings.listen();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(listen.host(), listen.port()), BACKLOG);
        } catch (IOException | IllegalArgumentException e) {
            throw cannotListen(e);
        }
        thread.start();
        log.atInfo()
                .addKeyValue("listen", bound())
                .addKeyValue("protocol", settings.protocol().name().toLowerCase(Locale.ROOT))
                .log("listener for what comes back started");
    }

    private OutsideError cannotListen(Exception e) {
        return new OutsideError(
                "mail.feedback.listener: " + settings.listen() + " can't be listened on; " + e.getMessage()
                        + "; stop what uses it or set another 'listen'",
                false,
                e);
    }

    /** Where it listens, with the port that the system chose. Known once started. */
    public ListenAddress bound() {
        return new ListenAddress(settings.listen().host(), socket.getLocalPort());
    }

    /** Whether the last mail could be kept; true while none came. */
    public boolean isWell() {
        return !hindered;
    }

    ListenerProtocol protocol() {
        return settings.protocol();
    }

    String name() {
        return domains.iterator().next();
    }

    boolean isStopping() {
        return stopping;
    }

    /** Whether the address is in one of our domains, or is the postmaster, whom every mail server must know (RFC 5321 §4.5.1). */
    boolean isOurs(String mailbox) {
        int at = mailbox.lastIndexOf('@');
        return at < 0
                ? mailbox.equalsIgnoreCase("postmaster")
                : at > 0 && domains.contains(mailbox.substring(at + 1).toLowerCase(Locale.ROOT));
    }

    /** Whether the mail is committed. */
    boolean take(MailBack mail) {
        try {
            take.accept(mail);
            hindered = false;
            return true;
        } catch (RuntimeException e) {
            // Said once, not for each of the thousand bounces that come while the database is away.
            if (!hindered) {
                hindered = true;
                log.atError()
                        .setCause(e)
                        .log("what came back could not be kept; the mail servers are told to send it again");
            }
            return false;
        }
    }

    private void listen() {
        while (!stopping) {
            try {
                letIn(socket.accept());
            } catch (IOException e) {
                if (!stopping) {
                    log.atWarn().setCause(e).log("a connection could not be let in");
                }
            }
        }
    }

    private void letIn(Socket caller) throws IOException {
        InetAddress peer = caller.getInetAddress();
        boolean tooMany =
                byPeer.merge(peer, 1, Integer::sum) > limits.connectionsPerPeer() && !peer.isLoopbackAddress();
        boolean room = conversations.getActiveCount() < limits.connections();
        if (tooMany || !room || stopping) {
            leave(peer);
            try (caller) {
                caller.getOutputStream()
                        .write("421 4.3.2 too many connections, try again later\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
            }
            return;
        }
        open.add(caller);
        conversations.execute(() -> converse(caller, peer));
    }

    private void leave(InetAddress peer) {
        byPeer.computeIfPresent(peer, (address, count) -> count > 1 ? count - 1 : null);
    }

    private void converse(Socket caller, InetAddress peer) {
        try (caller) {
            caller.setTcpNoDelay(true);
            new Conversation(this, limits, caller).hold();
        } catch (IOException e) {
            log.atDebug().addKeyValue("error", e.getMessage()).log("a connection broke off");
        } finally {
            open.remove(caller);
            leave(peer);
        }
    }

    /** Lets nobody in, and waits as long as the grace allows for mails that are being taken: their senders hear how it went. */
    @Override
    public void close() {
        stopping = true;
        shut(socket);
        // Who is waiting for a client's words hears that we stop; who is taking a mail ends that first.
        open.forEach(MailServer::shutInput);
        conversations.shutdown();
        try {
            if (!conversations.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                open.forEach(MailServer::shut);
                if (!conversations.awaitTermination(BUSY_SECONDS, TimeUnit.SECONDS)) {
                    log.warn("the listener's connections did not end in time");
                }
            }
            thread.join(TimeUnit.SECONDS.toMillis(BUSY_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void shutInput(Socket caller) {
        try {
            caller.shutdownInput();
        } catch (IOException e) {
            shut(caller);
        }
    }

    private static void shut(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            log.atDebug().addKeyValue("error", e.getMessage()).log("a socket did not close");
        }
    }
}
