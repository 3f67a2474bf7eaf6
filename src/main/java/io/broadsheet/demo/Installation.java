package io.broadsheet.demo;

import io.broadsheet.delivery.SendEdition;
import io.broadsheet.subscriber.AddSubscriber;
import java.net.URI;

/** What the demo needs of the program: an opened home. The composition root provides it. */
public interface Installation extends AutoCloseable {
    AddSubscriber addSubscriber();

    SendEdition sendEdition();

    /** Starts server, scheduler and senders, which run until this is closed; answers the address that is bound. */
    URI serve();

    @Override
    void close();
}
