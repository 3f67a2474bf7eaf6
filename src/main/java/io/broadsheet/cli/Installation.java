package io.broadsheet.cli;

import io.broadsheet.feed.PublishFeeds;
import io.broadsheet.subscriber.AddSubscriber;
import io.broadsheet.subscriber.RemoveSubscriber;
import java.net.URI;

/** An opened home: one accessor per operation that a command calls. Closing it finishes what is in flight, then lets go of the database. */
public interface Installation extends AutoCloseable {
    PublishFeeds publishFeeds();

    AddSubscriber addSubscriber();

    RemoveSubscriber removeSubscriber();

    /** Starts server, scheduler and senders, which run until this is closed; answers the address that is bound, such as {@code http://127.0.0.1:8080}. */
    URI serve();

    @Override
    void close();
}
