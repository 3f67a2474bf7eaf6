package io.broadsheet.test;

import io.broadsheet.dns.Dns;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A DNS server on loopback, UDP and TCP, that knows what a test tells it and says NXDOMAIN to all else. Gives a chain of aliases whole, as recursive
 * servers do.
 */
public final class TestDns implements AutoCloseable {
    /** One question that came in, such as {@code example.org. MX}, and how. */
    public record Question(String asked, boolean tcp) {}

    private static final int CHAIN_MAX = 5;

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final Map<Name, List<Record>> zone = new ConcurrentHashMap<>();
    private final Map<Name, Integer> failing = new ConcurrentHashMap<>();
    private final List<Name> silent = new CopyOnWriteArrayList<>();
    private final List<Question> questions = new CopyOnWriteArrayList<>();
    private volatile int ttl = 300;
    private volatile boolean cut;

    private TestDns() throws IOException {
        this.tcp = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.udp = new DatagramSocket(tcp.getLocalPort(), InetAddress.getLoopbackAddress());
        thread("test-dns-udp", this::listen);
        thread("test-dns-tcp", this::accept);
    }

    public static TestDns open() {
        try {
            return new TestDns();
        } catch (IOException e) {
            throw new IllegalStateException("no DNS server", e);
        }
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), tcp.getLocalPort());
    }

    /** What asks this server, with a cache of its own. */
    public Dns dns() {
        return new Dns(List.of(address()));
    }

    /** One record, as a zone file writes it: {@code record("example.org", "MX", "10 mx.example.org.")}. */
    public TestDns record(String name, String type, String content) {
        Name owner = name(name);
        try {
            Record record = Record.fromString(owner, Type.value(type), DClass.IN, ttl, content, Name.root);
            zone.computeIfAbsent(owner, any -> new CopyOnWriteArrayList<>()).add(record);
        } catch (IOException e) {
            throw new IllegalArgumentException(content, e);
        }
        return this;
    }

    /** One TXT record, cut into strings of at most 255 octets. */
    public TestDns txt(String name, String text) {
        StringBuilder strings = new StringBuilder();
        for (int from = 0; from < text.length(); from += 255) {
            String part = text.substring(from, Math.min(text.length(), from + 255));
            strings.append('"')
                    .append(part.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append("\" ");
        }
        return record(name, "TXT", strings.toString());
    }

    public TestDns mx(String name, int preference, String host) {
        return record(name, "MX", preference + " " + name(host));
    }

    /** An A or AAAA record. */
    public TestDns address(String name, String address) {
        return record(name, address.contains(":") ? "AAAA" : "A", address);
    }

    public TestDns cname(String name, String target) {
        return record(name, "CNAME", name(target).toString());
    }

    public TestDns reverse(String address, String name) {
        try {
            return record(
                    ReverseMap.fromAddress(address).toString(),
                    "PTR",
                    name(name).toString());
        } catch (IOException e) {
            throw new IllegalArgumentException(address, e);
        }
    }

    /** The name is there, without any record. */
    public TestDns empty(String name) {
        zone.computeIfAbsent(name(name), any -> new CopyOnWriteArrayList<>());
        return this;
    }

    /** Forgets all records of a name. */
    public TestDns remove(String name) {
        zone.remove(name(name));
        return this;
    }

    /** Every question about the name is answered with this, such as {@link Rcode#SERVFAIL}. */
    public TestDns fails(String name, int rcode) {
        failing.put(name(name), rcode);
        return this;
    }

    /** Answers again what {@link #fails} had taken. */
    public TestDns recovers(String name) {
        failing.remove(name(name));
        return this;
    }

    /** No question about the name is ever answered. */
    public TestDns silent(String name) {
        silent.add(name(name));
        return this;
    }

    /** Of the records that are added from now on, in seconds. */
    public TestDns ttl(int seconds) {
        this.ttl = seconds;
        return this;
    }

    /** Cuts every answer over UDP, so that only TCP gives it whole. */
    public TestDns cutsOverUdp() {
        this.cut = true;
        return this;
    }

    public List<Question> questions() {
        return List.copyOf(questions);
    }

    private void listen() {
        byte[] buffer = new byte[4096];
        while (!udp.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                udp.receive(packet);
                byte[] asked = java.util.Arrays.copyOf(packet.getData(), packet.getLength());
                Message answer = answer(new Message(asked), false);
                if (answer != null) {
                    byte[] bytes = answer.toWire(512);
                    udp.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                // The test closed it, or the question was no question: either way the next one counts.
                continue;
            }
        }
    }

    private void accept() {
        while (!tcp.isClosed()) {
            try {
                Socket socket = tcp.accept();
                thread("test-dns-connection", () -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            while (true) {
                Message answer = answer(new Message(in.readNBytes(in.readUnsignedShort())), true);
                if (answer != null) {
                    byte[] bytes = answer.toWire();
                    out.writeShort(bytes.length);
                    out.write(bytes);
                    out.flush();
                }
            }
        } catch (IOException e) {
            // The client is done.
            return;
        }
    }

    private Message answer(Message query, boolean overTcp) {
        Record question = query.getQuestion();
        Name name = question.getName();
        questions.add(new Question(name + " " + Type.string(question.getType()), overTcp));
        if (silent.contains(name)) {
            return null;
        }
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RA);
        answer.addRecord(question, Section.QUESTION);
        if (failing.containsKey(name)) {
            answer.getHeader().setRcode(failing.get(name));
        } else if (cut && !overTcp) {
            answer.getHeader().setFlag(Flags.TC);
        } else {
            fill(answer, name, question.getType());
        }
        return answer;
    }

    private void fill(Message answer, Name asked, int type) {
        Name name = asked;
        for (int step = 0; step < CHAIN_MAX; step++) {
            List<Record> records = zone.get(name);
            if (records == null) {
                answer.getHeader().setRcode(Rcode.NXDOMAIN);
                return;
            }
            List<Record> fitting = new ArrayList<>(
                    records.stream().filter(one -> one.getType() == type).toList());
            fitting.forEach(one -> answer.addRecord(one, Section.ANSWER));
            Record alias = records.stream()
                    .filter(one -> one.getType() == Type.CNAME)
                    .findFirst()
                    .orElse(null);
            if (!fitting.isEmpty() || alias == null || answer.findRecord(alias)) {
                return;
            }
            answer.addRecord(alias, Section.ANSWER);
            name = ((CNAMERecord) alias).getTarget();
        }
    }

    private static Name name(String text) {
        try {
            return text.isEmpty() ? Name.root : Name.fromString(text, Name.root);
        } catch (IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static void thread(String name, Runnable what) {
        Thread thread = new Thread(what, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }
}
