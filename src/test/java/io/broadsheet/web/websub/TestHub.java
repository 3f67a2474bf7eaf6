package io.broadsheet.web.websub;

import com.sun.net.httpserver.HttpExchange;
import io.broadsheet.http.AwkwardServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A WebSub hub over real HTTP: answers what it is asked, asks back, and pushes what a test has it push. */
public final class TestHub {
    public final List<Map<String, String>> asked = new CopyOnWriteArrayList<>();
    /** Whether our answer to its question was the challenge. */
    public final List<Boolean> proved = new CopyOnWriteArrayList<>();

    volatile int status = 202;
    volatile boolean asksBack = true;
    volatile String leaseSeconds = "864000";
    private final HttpClient client = HttpClient.newHttpClient();

    public TestHub(AwkwardServer server) {
        server.on("/hub", this::answer);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Map<String, String> form = new TreeMap<>();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        for (String pair : body.split("&")) {
            String[] parts = pair.split("=", 2);
            form.put(decoded(parts[0]), decoded(parts[1]));
        }
        if (status == 202 && asksBack) {
            HttpResponse<String> answer = askBack(form, form.get("hub.mode"), form.get("hub.topic"));
            proved.add(answer.statusCode() == 200 && answer.body().equals("challenge <b>7</b>"));
        }
        asked.add(form);
        AwkwardServer.answer(exchange, status, new byte[0], Map.of());
    }

    HttpResponse<String> askBack(Map<String, String> form, String mode, String topic) throws IOException {
        return get(form.get("hub.callback") + "?hub.mode=" + mode + "&hub.topic="
                + URLEncoder.encode(topic, StandardCharsets.UTF_8) + "&hub.challenge=challenge+%3Cb%3E7%3C/b%3E"
                + "&hub.lease_seconds=" + leaseSeconds + "&hub.reason=no%0Aroom");
    }

    private HttpResponse<String> get(String url) throws IOException {
        try {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    Map<String, String> last() {
        return asked.get(asked.size() - 1);
    }

    /** Pushes, signed with the secret we were given; answers the status. */
    public int push(String method, String document) throws Exception {
        return push(
                last().get("hub.callback"), method + "=" + hmac(method, last().get("hub.secret"), document), document);
    }

    int push(String callback, String signature, String document) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(callback))
                .header("Content-Type", "application/rss+xml")
                .POST(BodyPublishers.ofString(document));
        if (!signature.isEmpty()) {
            request.header("X-Hub-Signature", signature);
        }
        return client.send(request.build(), BodyHandlers.ofString()).statusCode();
    }

    static String hmac(String method, String secret, String document) throws Exception {
        String name = "Hmac" + method.toUpperCase(java.util.Locale.ROOT);
        Mac mac = Mac.getInstance(name);
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), name));
        return HexFormat.of().formatHex(mac.doFinal(document.getBytes(StandardCharsets.UTF_8)));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
