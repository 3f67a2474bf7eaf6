package io.broadsheet.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/**
 * Makes sockets that ask the {@link AddressGuard} at connect. The check sits here, and not in the client's DNS hook, because OkHttp skips that hook
 * for IP literals. The sockets know no proxy: a SOCKS proxy of the system would be connected to unasked.
 */
final class GuardedSockets extends SocketFactory {
    private final AddressGuard guard;

    GuardedSockets(AddressGuard guard) {
        this.guard = guard;
    }

    @Override
    public Socket createSocket() {
        return new GuardedSocket(guard);
    }

    // OkHttp asks for unconnected sockets only; the connecting forms stay guarded all the same.

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return connected(new InetSocketAddress(address, port));
    }

    private Socket connected(InetSocketAddress place) throws IOException {
        Socket socket = createSocket();
        socket.connect(place);
        return socket;
    }

    /** The guard said no; the message is its reason. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String reason) {
            super(reason);
        }
    }

    private static final class GuardedSocket extends Socket {
        private final AddressGuard guard;

        GuardedSocket(AddressGuard guard) {
            super(Proxy.NO_PROXY);
            this.guard = guard;
        }

        @Override
        public void connect(SocketAddress place) throws IOException {
            connect(place, 0);
        }

        @Override
        public void connect(SocketAddress place, int timeoutMs) throws IOException {
            if (!(place instanceof InetSocketAddress inet)) {
                throw new Refused("it is not an internet address");
            }
            String refusal = guard.refusal(inet);
            if (refusal != null) {
                throw new Refused(refusal);
            }
            super.connect(place, timeoutMs);
        }
    }
}
