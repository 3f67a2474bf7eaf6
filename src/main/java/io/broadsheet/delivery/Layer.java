package io.broadsheet.delivery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Lays TLS over the wire of one SMTP dialogue, where Jakarta Mail asks for it or from the start, and remembers it. Used by one thread. */
final class Layer extends SSLSocketFactory {
    private final SSLSocketFactory factory;
    private @Nullable SSLSocket newest;

    Layer(SSLSocketFactory factory) {
        this.factory = factory;
    }

    /** What the dialogue travels over once TLS was begun; null before. */
    @Nullable
    SSLSocket newest() {
        return newest;
    }

    /** TLS before the first word of SMTP. */
    SSLSocket fromStart(Wire wire) throws IOException {
        SSLSocket over = over(wire, wire.getInetAddress().getHostName(), wire.getPort());
        SSLParameters parameters = over.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.2", "TLSv1.3"});
        over.setSSLParameters(parameters);
        over.startHandshake();
        return over;
    }

    private SSLSocket over(Socket under, String host, int port) throws IOException {
        SSLSocket over = (SSLSocket) factory.createSocket(under, host, port, true);
        newest = over;
        return over;
    }

    /** After STARTTLS. */
    @Override
    public Socket createSocket(Socket under, String host, int port, boolean close) throws IOException {
        return over(under, host, port);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return factory.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return factory.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new IOException("TLS goes over a wire that stands");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        throw new IOException("TLS goes over a wire that stands");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw new IOException("TLS goes over a wire that stands");
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        throw new IOException("TLS goes over a wire that stands");
    }
}
