package io.broadsheet.delivery;

import io.broadsheet.db.Database;
import io.broadsheet.db.DatabaseAddress;
import io.broadsheet.db.Ids;
import io.broadsheet.db.Node;
import io.broadsheet.delivery.Sending.SmtpSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/** A process that sends what is on its way, until it is killed: arguments are the database's URL, its home, the mail server's port, connections. */
final class SendingProcess {
    private SendingProcess() {}

    public static void main(String[] args) throws InterruptedException {
        Path home = Path.of(args[1]);
        Database database = Database.open(new DatabaseAddress(args[0], null, null, home));
        Clock clock = Clock.systemUTC();
        Node node = Node.join(database, home.resolve("data"), Node.Kind.SERVE, new Ids(clock), clock, "test");
        SmtpSettings smtp = SmtpSettings.of(Integer.parseInt(args[2])).connections(Integer.parseInt(args[3]));
        Dispatch sender = Sending.sender(database, clock, node, smtp);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            sender.close();
            node.close();
        }));
        sender.start();
        new CountDownLatch(1).await();
    }
}
