package io.broadsheet.web.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.web.site.RunningSite.Reply;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MediaRoutesTest {
    private static final String NAME = "0123456789abcdef".repeat(4) + ".png";

    private final RunningSite site = new RunningSite();

    @AfterEach
    void close() throws IOException {
        site.close();
    }

    @Test
    void a_picture_is_answered_with_its_type_for_good_and_nothing_that_runs() throws IOException {
        write("picture");

        Reply reply = site.get("/feeds/media/" + NAME);
        Reply head = site.ask("HEAD", "/feeds/media/" + NAME, "");
        Reply known = site.get(
                "/feeds/media/" + NAME, "If-None-Match: " + reply.headers().get("etag"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo("picture");
        assertThat(reply.headers())
                .containsEntry("content-type", "image/png")
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("content-length", "7")
                .containsEntry("content-security-policy", "default-src 'none'; sandbox");
        assertThat(reply.headers().get("cache-control")).contains("immutable");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.headers()).containsEntry("content-length", "7");
        assertThat(head.body()).isEmpty();
        assertThat(known.status()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
    }

    @Test
    void no_other_file_can_be_had() throws IOException {
        write("picture");
        Files.writeString(folder().resolve("notes.png"), "secret");

        for (String name : new String[] {
            "notes.png",
            "..%2Fnews.rss",
            "..%2f..%2fdata%2fsecret",
            NAME + ".gz",
            NAME.toUpperCase(java.util.Locale.ROOT),
            "x"
        }) {
            assertThat(site.get("/feeds/media/" + name).status()).as(name).isIn(400, 404);
        }
    }

    @Test
    void a_picture_is_streamed_and_asking_for_its_head_reads_nothing_of_it() throws IOException {
        // More than any array holds, and no room on the disk.
        long bytes = 3L << 30;
        try (SeekableByteChannel file = Files.newByteChannel(
                folder().resolve(NAME),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE,
                StandardOpenOption.SPARSE)) {
            file.position(bytes - 1).write(ByteBuffer.allocate(1));
        }

        Reply head = site.ask("HEAD", "/feeds/media/" + NAME, "");
        byte[] begun;
        try (Socket socket = new Socket("127.0.0.1", site.server.bound().port())) {
            socket.getOutputStream()
                    .write(("GET /feeds/media/" + NAME + " HTTP/1.1\r\nHost: test\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            begun = socket.getInputStream().readNBytes(1 << 20);
        }

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.headers()).containsEntry("content-length", Long.toString(bytes));
        assertThat(new String(begun, 0, 15, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200 OK");
        assertThat(begun).hasSize(1 << 20);
        assertThat(site.get("/feeds/media/x").status()).isEqualTo(404);
    }

    private Path folder() throws IOException {
        return Files.createDirectories(site.test.home().resolve("feeds/media"));
    }

    private void write(String content) throws IOException {
        Files.write(folder().resolve(NAME), content.getBytes(StandardCharsets.UTF_8));
    }
}
