package io.broadsheet.delivery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the sockets of one SMTP connection and remembers the newest, which is the TLS one once TLS has begun. Jakarta Mail leaves Nagle's algorithm
 * on, which costs 40 ms a message. Used by one thread, but for {@link #abort}.
 */
final class Sockets {
    private volatile @Nullable Socket first;
    private volatile @Nullable Socket newest;

    /** What the SMTP dialogue travels over. */
    Socket newest() {
        Socket socket = newest;
        if (socket == null) {
            throw new IllegalStateException("not connected");
        }
        return socket;
    }

    /** Breaks the connection off, also under a thread that waits on it. */
    void abort() throws IOException {
        Socket socket = first;
        if (socket != null) {
            socket.close();
        }
    }

    private Socket made(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        first = socket;
        newest = socket;
        return socket;
    }

    SocketFactory plain() {
        return new Plain();
    }

    SSLSocketFactory tls() {
        return new Tls((SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    private final class Plain extends SocketFactory {
        @Override
        public Socket createSocket() throws IOException {
            return made(new Socket());
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return made(new Socket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
            return made(new Socket(host, port, from, fromPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return made(new Socket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
            return made(new Socket(host, port, from, fromPort));
        }
    }

    private final class Tls extends SSLSocketFactory {
        private final SSLSocketFactory system;

        private Tls(SSLSocketFactory system) {
            this.system = system;
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return system.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return system.getSupportedCipherSuites();
        }

        /** After STARTTLS: over the socket that stands already. */
        @Override
        public Socket createSocket(Socket under, String host, int port, boolean close) throws IOException {
            Socket over = system.createSocket(under, host, port, close);
            newest = over;
            return over;
        }

        @Override
        public Socket createSocket() throws IOException {
            return made(system.createSocket());
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return made(system.createSocket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
            return made(system.createSocket(host, port, from, fromPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return made(system.createSocket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
            return made(system.createSocket(host, port, from, fromPort));
        }
    }
}
