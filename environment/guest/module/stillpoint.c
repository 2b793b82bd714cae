// SPDX-License-Identifier: GPL-2.0
/*
 * Times what a writer may wait with, and what readers pay for it, in the kernel that it is loaded into.
 *
 * All is measured while insmod runs; the result is then read from /proc/stillpoint, a line a value:
 *	SP,what,condition,cpus,unit,value
 * It stops every CPU some hundred times and makes CPUs spin: load it into a guest, not into a machine in use.
 */
#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/percpu-refcount.h>
#include <linux/proc_fs.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/srcu.h>
#include <linux/stop_machine.h>
#include <linux/vmalloc.h>

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Times stop_machine, grace periods, percpu_ref and the reader sides");

static int samples = 20;
module_param(samples, int, 0444);
MODULE_PARM_DESC(samples, "how often each wait is timed, after two that are not kept");

static int reads;
module_param(reads, int, 0444);
MODULE_PARM_DESC(reads, "how often each reader side is timed on each CPU; 0: not at all");

static char *condition = "idle";
module_param(condition, charp, 0444);
MODULE_PARM_DESC(condition, "what the lines say of the condition");

static int spinning;
module_param(spinning, int, 0444);
MODULE_PARM_DESC(spinning, "readers on each CPU that stay on it in their sections");

static int sleeping;
module_param(sleeping, int, 0444);
MODULE_PARM_DESC(sleeping, "readers on each CPU that sleep in sections of SRCU and percpu_ref");

static int hold_us = 50;
module_param(hold_us, int, 0444);
MODULE_PARM_DESC(hold_us, "how long each reader is in its section, in microseconds");

static bool phase;
module_param(phase, bool, 0444);
MODULE_PARM_DESC(phase, "start each wait at another moment between two ticks");

static bool instructions;
module_param(instructions, bool, 0444);
MODULE_PARM_DESC(instructions, "a nanosecond of this guest is an instruction");

static bool ticks_only;
module_param(ticks_only, bool, 0444);
MODULE_PARM_DESC(ticks_only, "time only the waits that may sleep");

/* ---- what is kept until it is read ---- */

struct line {
	const char *what;
	u64 value;
	int cpus;
	bool path;
};

static struct line *lines;
static size_t room;
static atomic_t used = ATOMIC_INIT(0);

/* @path: the CPU works from the first to the last moment, so that instructions can be counted. */
static void keep(const char *what, int cpus, bool path, u64 value)
{
	size_t at = atomic_inc_return(&used) - 1;

	if (at < room)
		lines[at] = (struct line){ what, value, cpus, path };
}

static int show(struct seq_file *out, void *unused)
{
	size_t n = min_t(size_t, atomic_read(&used), room), i;

	for (i = 0; i < n; i++)
		seq_printf(out, "SP,%s,%s,%d,%s,%llu\n", lines[i].what, condition, lines[i].cpus,
			   instructions && lines[i].path ? "instructions" : "ns", lines[i].value);
	return 0;
}

/* ---- the waits ---- */

DEFINE_STATIC_SRCU(domain);
static struct percpu_ref users;
static DECLARE_COMPLETION(released);

static void release(struct percpu_ref *ref)
{
	complete(&released);
}

static int nothing(void *unused)
{
	return 0;
}

static void no_call(void *unused)
{
}

static void wait_not(void)
{
	barrier();
}

static void wait_interrupts(void)
{
	on_each_cpu(no_call, NULL, 1);
}

static void wait_stop_one(void)
{
	stop_machine(nothing, NULL, NULL);
}

static void wait_stop_all(void)
{
	stop_machine(nothing, NULL, cpu_online_mask);
}

static void wait_srcu(void)
{
	synchronize_srcu(&domain);
}

static void wait_srcu_expedited(void)
{
	synchronize_srcu_expedited(&domain);
}

static void wait_percpu_ref(void)
{
	percpu_ref_kill(&users);
	wait_for_completion(&released);
}

/* What swapoff does since v5.14 between its walk over all memory and taking the device apart. */
static void wait_as_swapoff(void)
{
	percpu_ref_kill(&users);
	synchronize_rcu();
	wait_for_completion(&released);
}

static void revive(void)
{
	reinit_completion(&released);
	percpu_ref_reinit(&users);
}

static const struct wait {
	const char *what;
	void (*wait)(void);
	void (*after)(void);
	bool path;
} waits[] = {
	{ "two clock readings", wait_not, NULL, true },
	{ "on_each_cpu", wait_interrupts, NULL, true },
	{ "stop_machine(NULL)", wait_stop_one, NULL, true },
	{ "stop_machine(all)", wait_stop_all, NULL, true },
	{ "synchronize_rcu", synchronize_rcu, NULL, false },
	{ "synchronize_rcu_expedited", synchronize_rcu_expedited, NULL, true },
	{ "synchronize_srcu", wait_srcu, NULL, false },
	{ "synchronize_srcu_expedited", wait_srcu_expedited, NULL, false },
	{ "percpu_ref kill to release", wait_percpu_ref, revive, false },
	{ "swapoff's wait", wait_as_swapoff, revive, false },
};

/* ---- time that passes ---- */

static u64 rounds_per_ms;

/* Spins without a look at the clock: where instructions are counted, a look costs QEMU more than a hundred of them. */
static noinline void spin(u64 rounds)
{
	while (rounds--)
		barrier();
}

static void calibrate_spin(void)
{
	u64 rounds = 1000000, began = ktime_get_ns();

	spin(rounds);
	rounds_per_ms = div64_u64(rounds * NSEC_PER_MSEC, max_t(u64, ktime_get_ns() - began, 1));
}

static void spin_us(u32 us)
{
	spin(div_u64(rounds_per_ms * us, USEC_PER_MSEC));
}

static u32 below(u32 bound)
{
	static u32 state = 1;

	state = state * 1664525 + 1013904223;
	return (state >> 8) % bound;
}

static void time_wait(const struct wait *w)
{
	int i;

	for (i = -2; i < samples; i++) {
		u64 began, ended;

		if (phase)
			spin_us(below(USEC_PER_SEC / HZ));
		if (sleeping) {
			/* Until readers are in their sections again, at some moment of them. */
			u32 us = hold_us + below(hold_us);

			usleep_range(us, us + 1);
		}
		began = ktime_get_ns();
		w->wait();
		ended = ktime_get_ns();
		if (i >= 0)
			keep(w->what, num_online_cpus(), w->path, ended - began);
		if (w->after)
			w->after();
		cond_resched();
	}
}

/* ---- readers that the waits have to reckon with ---- */

static int spin_in_sections(void *unused)
{
	while (!kthread_should_stop()) {
		bool held;
		int at;

		preempt_disable();
		rcu_read_lock();
		at = srcu_read_lock(&domain);
		held = percpu_ref_tryget_live(&users);
		spin_us(hold_us);
		if (held)
			percpu_ref_put(&users);
		srcu_read_unlock(&domain, at);
		rcu_read_unlock();
		preempt_enable();
		cond_resched();
	}
	return 0;
}

static int sleep_in_sections(void *unused)
{
	while (!kthread_should_stop()) {
		int at = srcu_read_lock(&domain);
		bool held = percpu_ref_tryget_live(&users);

		if (held)
			usleep_range(hold_us, hold_us + 1);
		if (held)
			percpu_ref_put(&users);
		srcu_read_unlock(&domain, at);
		usleep_range(500, 501);
	}
	return 0;
}

#define MOST_READERS 256
static struct task_struct *readers[MOST_READERS];
static int reader_count;

static int start_readers(int (*reader)(void *), int each)
{
	int cpu, i;

	for_each_online_cpu(cpu)
		for (i = 0; i < each && reader_count < MOST_READERS; i++) {
			struct task_struct *task = kthread_create_on_node(reader, NULL, NUMA_NO_NODE,
									  "stillpoint/%d.%d", cpu, i);

			if (IS_ERR(task))
				return PTR_ERR(task);
			kthread_bind(task, cpu);
			readers[reader_count++] = task;
			wake_up_process(task);
		}
	return 0;
}

static void stop_readers(void)
{
	while (reader_count > 0)
		kthread_stop(readers[--reader_count]);
}

/* ---- what readers pay ---- */

static atomic_t shared = ATOMIC_INIT(0);
static DEFINE_SPINLOCK(lock);

#define PAIRS 1000
#define TIMES(name, enter, leave)					\
static void name(void)							\
{									\
	int at __maybe_unused = 0, i;					\
									\
	for (i = 0; i < PAIRS; i++) {					\
		enter;							\
		barrier();						\
		leave;							\
	}								\
}

TIMES(read_nothing, barrier(), barrier())
TIMES(read_preempt, preempt_disable(), preempt_enable())
TIMES(read_rcu, rcu_read_lock(), rcu_read_unlock())
TIMES(read_srcu, at = srcu_read_lock(&domain), srcu_read_unlock(&domain, at))
TIMES(read_ref, at = percpu_ref_tryget_live(&users), if (at) percpu_ref_put(&users))
TIMES(read_atomic, atomic_inc(&shared), atomic_dec(&shared))
TIMES(read_lock_spin, spin_lock(&lock), spin_unlock(&lock))

static const struct read {
	const char *what;
	void (*read)(void);
} sides[] = {
	{ "1000 empty rounds", read_nothing },
	{ "1000 preempt_disable pairs", read_preempt },
	{ "1000 rcu_read_lock pairs", read_rcu },
	{ "1000 srcu_read_lock pairs", read_srcu },
	{ "1000 percpu_ref pairs", read_ref },
	{ "1000 shared atomic pairs", read_atomic },
	{ "1000 spin_lock pairs", read_lock_spin },
};

static const struct read *side;
static int threads;
static atomic_t arrived, left;
static DECLARE_COMPLETION(all_left);

static int read_in_turns(void *unused)
{
	int i;

	atomic_inc(&arrived);
	while (atomic_read(&arrived) < threads)
		cond_resched();
	for (i = -2; i < reads; i++) {
		u64 began = ktime_get_ns(), ended;

		side->read();
		ended = ktime_get_ns();
		if (i >= 0)
			keep(side->what, threads, true, ended - began);
		cond_resched();
	}
	if (atomic_dec_and_test(&left))
		complete(&all_left);
	return 0;
}

static int time_read(const struct read *which, int cpus)
{
	struct task_struct *task;
	int cpu, n = 0;

	side = which;
	threads = cpus;
	atomic_set(&arrived, 0);
	atomic_set(&left, cpus);
	reinit_completion(&all_left);
	for_each_online_cpu(cpu) {
		if (n++ == cpus)
			break;
		task = kthread_create_on_node(read_in_turns, NULL, NUMA_NO_NODE, "stillpoint/%d", cpu);
		if (IS_ERR(task))
			/* Those that run already would wait for it for ever. */
			panic("stillpoint: no thread for CPU %d", cpu);
		kthread_bind(task, cpu);
		wake_up_process(task);
	}
	wait_for_completion(&all_left);
	return 0;
}

/* ---- all of it ---- */

static int __init begin(void)
{
	int cpus = num_online_cpus(), i, n, error;

	room = samples * ARRAY_SIZE(waits) + reads * ARRAY_SIZE(sides) * cpus * (cpus + 1) / 2;
	lines = vmalloc(array_size(max_t(size_t, room, 1), sizeof(*lines)));
	if (!lines)
		return -ENOMEM;
	calibrate_spin();
	error = percpu_ref_init(&users, release, PERCPU_REF_ALLOW_REINIT, GFP_KERNEL);
	if (error)
		goto no_users;
	error = start_readers(spin_in_sections, spinning);
	if (!error)
		error = start_readers(sleep_in_sections, sleeping);
	for (i = 0; !error && samples > 0 && i < ARRAY_SIZE(waits); i++)
		if (!ticks_only || !waits[i].path)
			time_wait(&waits[i]);
	stop_readers();
	for (i = 0; !error && reads > 0 && i < ARRAY_SIZE(sides); i++)
		for (n = 1; n <= cpus; n++)
			time_read(&sides[i], n);
	if (!error && !proc_create_single("stillpoint", 0444, NULL, show))
		error = -ENOMEM;
	if (!error)
		return 0;
	percpu_ref_exit(&users);
no_users:
	vfree(lines);
	return error;
}

static void __exit end(void)
{
	remove_proc_entry("stillpoint", NULL);
	percpu_ref_exit(&users);
	vfree(lines);
}

module_init(begin);
module_exit(end);
