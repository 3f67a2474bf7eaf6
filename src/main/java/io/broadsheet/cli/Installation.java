package io.broadsheet.cli;

import io.broadsheet.article.Collect;
import io.broadsheet.article.ExplainArticle;
import io.broadsheet.article.ListArticles;
import io.broadsheet.article.Rulings;
import io.broadsheet.delivery.CancelEdition;
import io.broadsheet.delivery.DeliverySwitch;
import io.broadsheet.delivery.ExplainDelivery;
import io.broadsheet.delivery.ExplainEdition;
import io.broadsheet.delivery.ExplainReader;
import io.broadsheet.delivery.ListDeliveries;
import io.broadsheet.delivery.PauseEdition;
import io.broadsheet.delivery.SendEdition;
import io.broadsheet.delivery.SendTest;
import io.broadsheet.delivery.SettleEdition;
import io.broadsheet.delivery.ShowEdition;
import io.broadsheet.doctor.ExamineMail;
import io.broadsheet.edition.ListEditions;
import io.broadsheet.edition.PreviewEdition;
import io.broadsheet.feed.PublishFeeds;
import io.broadsheet.feedback.ExportSuppressions;
import io.broadsheet.feedback.ImportSuppressions;
import io.broadsheet.feedback.ListSuppressions;
import io.broadsheet.feedback.ListUnparsed;
import io.broadsheet.feedback.ReviewRefusals;
import io.broadsheet.feedback.ShowSuppression;
import io.broadsheet.feedback.Suppress;
import io.broadsheet.source.GrantToken;
import io.broadsheet.subscriber.AddSubscriber;
import io.broadsheet.subscriber.ExportSubscribers;
import io.broadsheet.subscriber.ImportSubscribers;
import io.broadsheet.subscriber.ListSubscribers;
import io.broadsheet.subscriber.RemoveSubscriber;
import io.broadsheet.subscriber.ShowSubscriber;
import java.net.URI;

/** An opened home: one accessor per operation that a command calls. Closing it finishes what is in flight, then lets go of the database. */
public interface Installation extends AutoCloseable {
    Collect collect();

    SourceOperations sources();

    ListArticles listArticles();

    Rulings rulings();

    ExplainArticle explainArticle();

    GrantToken grantToken();

    PublishFeeds publishFeeds();

    AddSubscriber addSubscriber();

    ImportSubscribers importSubscribers();

    ExportSubscribers exportSubscribers();

    ListSubscribers listSubscribers();

    ShowSubscriber showSubscriber();

    RemoveSubscriber removeSubscriber();

    PreviewEdition previewEdition();

    SendEdition sendEdition();

    SendTest sendTest();

    ShowEdition showEdition();

    ListEditions listEditions();

    ListDeliveries listDeliveries();

    CancelEdition cancelEdition();

    PauseEdition pauseEdition();

    SettleEdition settleEdition();

    DeliverySwitch deliverySwitch();

    ReviewRefusals reviewRefusals();

    Suppress suppress();

    ListSuppressions listSuppressions();

    ShowSuppression showSuppression();

    ImportSuppressions importSuppressions();

    ExportSuppressions exportSuppressions();

    ListUnparsed listUnparsed();

    ExamineMail examineMail();

    ExplainDelivery explainDelivery();

    ExplainReader explainReader();

    ExplainEdition explainEdition();

    /** With more recipients than this, sending by hand asks first ({@code mail.confirm-above}). */
    int confirmAbove();

    /** Starts server, scheduler and senders, which run until this is closed; answers the address that is bound, such as {@code http://127.0.0.1:8080}. */
    URI serve();

    @Override
    void close();
}
