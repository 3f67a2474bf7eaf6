package io.broadsheet.schedule;

import static org.quartz.CronScheduleBuilder.cronSchedule;
import static org.quartz.JobBuilder.newJob;
import static org.quartz.TriggerBuilder.newTrigger;

import io.broadsheet.db.Database;
import io.broadsheet.error.OutsideError;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.quartz.CronTrigger;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.matchers.GroupMatcher;
import org.quartz.utils.DBConnectionManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Quartz with its JDBC store on our database: one trigger that collects when the next source is due, and one for each cadence. Several nodes on one
 * PostgreSQL form a cluster, in which each firing goes to one of them. Safe for several threads.
 */
public final class Schedule implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Schedule.class);

    private static final String CADENCES = "cadence";
    private static final JobKey COLLECT = new JobKey("collect");
    private static final TriggerKey COLLECT_NEXT = new TriggerKey("collect");
    /** A slot in a reader's own zone may fall on any minute; its seconds are the same in every zone. */
    private static final String OF_ANY_MINUTE = " * * * * ?";

    private static final String SEPARATOR = "/";
    /** When collecting itself broke, which no single source can cause. */
    private static final Duration AFTER_A_FAILURE = Duration.ofMinutes(1);

    private final Scheduler quartz;
    private final Clock clock;
    private final Supplier<Instant> collect;
    private final BiConsumer<String, String> editions;

    /**
     * @param node this process's id: names the pool within the JVM, where Quartz keeps a table of its own
     * @param collect collects what is due and answers when the next source will be
     * @param editions makes the edition that is due, if one is: newsletter, cadence
     * @throws OutsideError when Quartz can't reach its tables
     */
    public Schedule(
            Database database, long node, Clock clock, Supplier<Instant> collect, BiConsumer<String, String> editions) {
        this.clock = clock;
        this.collect = collect;
        this.editions = editions;
        String pool = "broadsheet-" + node;
        DBConnectionManager.getInstance().addConnectionProvider(pool, new SharedPool(database.dataSource()));
        try {
            quartz = new StdSchedulerFactory(properties(database, pool)).getScheduler();
            quartz.setJobFactory(new Due.Factory(() -> this::work));
        } catch (SchedulerException e) {
            throw failed(e);
        }
    }

    private static Properties properties(Database database, String pool) {
        Properties properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceName", "broadsheet");
        properties.setProperty("org.quartz.scheduler.instanceId", "AUTO");
        properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        properties.setProperty("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
        // Its SQL for byte columns is what SQLite's driver understands too; the standard delegate fires nothing on
        // either.
        properties.setProperty(
                "org.quartz.jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
        properties.setProperty("org.quartz.jobStore.dataSource", pool);
        properties.setProperty("org.quartz.jobStore.useProperties", "true");
        // Its default of a minute would fire once for every slot passed in that minute.
        properties.setProperty("org.quartz.jobStore.misfireThreshold", "2000");
        if (!database.address().isSqlite()) {
            properties.setProperty("org.quartz.jobStore.isClustered", "true");
            properties.setProperty("org.quartz.jobStore.clusterCheckinInterval", "2000");
        }
        properties.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
        properties.setProperty("org.quartz.threadPool.threadCount", "4");
        properties.setProperty("org.quartz.threadPool.threadNamePrefix", "schedule");
        return properties;
    }

    /** Starts firing: collects at once, then whenever the next source is due. Slots that passed meanwhile fire once. */
    public void start(List<Timetable> timetables) {
        reload(timetables);
        try {
            quartz.start();
        } catch (SchedulerException e) {
            throw failed(e);
        }
        log.atInfo().addKeyValue("cadences", timetables.size()).log("schedule started");
    }

    /** Makes the triggers those of these timetables, and no others; sources are looked at anew. Safe to repeat. */
    public void reload(List<Timetable> timetables) {
        try {
            Set<JobKey> wanted = new HashSet<>();
            for (Timetable timetable : timetables) {
                wanted.add(put(timetable));
            }
            for (JobKey known : quartz.getJobKeys(GroupMatcher.jobGroupEquals(CADENCES))) {
                if (!wanted.contains(known)) {
                    quartz.deleteJob(known);
                }
            }
            collectAt(Instant.EPOCH);
        } catch (SchedulerException e) {
            throw failed(e);
        }
    }

    private JobKey put(Timetable timetable) throws SchedulerException {
        JobKey key = new JobKey(timetable.newsletter() + SEPARATOR + timetable.cadence(), CADENCES);
        boolean readers = timetable.zone() == null;
        String cron = readers ? timetable.cron().strip().split("\\s+", 2)[0] + OF_ANY_MINUTE : timetable.cron();
        TimeZone zone = TimeZone.getTimeZone(readers ? ZoneOffset.UTC : timetable.zone());
        TriggerKey triggerKey = new TriggerKey(key.getName(), CADENCES);
        if (quartz.getTrigger(triggerKey) instanceof CronTrigger known
                && known.getCronExpression().equals(cron)
                && known.getTimeZone().equals(zone)) {
            // Replaced, it would forget the slot it missed.
            return key;
        }
        JobDetail job = newJob(Due.class)
                .withIdentity(key)
                .storeDurably()
                .requestRecovery()
                .build();
        Trigger trigger = newTrigger()
                .withIdentity(triggerKey)
                .forJob(key)
                .withSchedule(cronSchedule(cron).inTimeZone(zone).withMisfireHandlingInstructionFireAndProceed())
                .build();
        // One transaction for job and trigger: a kill between the two leaves no job without its trigger.
        quartz.scheduleJob(job, Set.of(trigger), true);
        return key;
    }

    /** Collects at this instant, or at once if it has passed. */
    private void collectAt(Instant instant) throws SchedulerException {
        var builder = newTrigger()
                .withIdentity(COLLECT_NEXT)
                .forJob(COLLECT)
                .withSchedule(SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow());
        Trigger trigger =
                (instant.equals(Instant.EPOCH) ? builder.startNow() : builder.startAt(Date.from(instant))).build();
        JobDetail job = newJob(Due.class)
                .withIdentity(COLLECT)
                .storeDurably()
                .requestRecovery()
                .build();
        quartz.scheduleJob(job, Set.of(trigger), true);
    }

    private Runnable work(JobKey key) {
        if (key.equals(COLLECT)) {
            return this::collectAndPlan;
        }
        int separator = key.getName().indexOf(SEPARATOR);
        String newsletter = key.getName().substring(0, separator);
        String cadence = key.getName().substring(separator + 1);
        return () -> editions.accept(newsletter, cadence);
    }

    private void collectAndPlan() {
        Instant next = clock.instant().plus(AFTER_A_FAILURE);
        try {
            next = collect.get();
        } finally {
            plan(next);
        }
    }

    private void plan(Instant next) {
        try {
            collectAt(next);
        } catch (SchedulerException e) {
            log.atError()
                    .setCause(e)
                    .log("the next collection could not be planned; it follows at the next start or apply");
        }
    }

    private static OutsideError failed(SchedulerException e) {
        return new OutsideError("schedule: Quartz could not use its tables; see the cause in the log", true, e);
    }

    /** Fires nothing more and waits for what runs. */
    @Override
    public void close() {
        try {
            quartz.shutdown(true);
        } catch (SchedulerException e) {
            throw failed(e);
        }
    }
}
