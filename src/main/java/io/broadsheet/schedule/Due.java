package io.broadsheet.schedule;

import java.util.function.Supplier;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.spi.JobFactory;
import org.quartz.spi.TriggerFiredBundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one job there is: does what is due for the key it was woken by. A failure is logged and the schedule goes on; what was due stays due, since
 * the database and not the trigger says so.
 */
// Quartz reads this annotation: two firings of one key would only wait for one another.
@org.quartz.DisallowConcurrentExecution
final class Due implements Job {
    private static final Logger log = LoggerFactory.getLogger(Due.class);

    private final Runnable work;

    private Due(Runnable work) {
        this.work = work;
    }

    @Override
    public void execute(JobExecutionContext context) throws JobExecutionException {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("job", context.getJobDetail().getKey())
                    .setCause(e)
                    .log("scheduled work failed");
        }
    }

    /** Gives each firing its work by the job's key. */
    static final class Factory implements JobFactory {
        private final Supplier<Work> work;

        Factory(Supplier<Work> work) {
            this.work = work;
        }

        @Override
        public Job newJob(TriggerFiredBundle bundle, Scheduler scheduler) throws SchedulerException {
            return new Due(work.get().of(bundle.getJobDetail().getKey()));
        }
    }

    /** What a job's key stands for. */
    interface Work {
        Runnable of(org.quartz.JobKey key);
    }
}
