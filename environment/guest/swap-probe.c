// SPDX-License-Identifier: GPL-2.0
/*
 * Times swapon and swapoff while threads page memory out and fault it in again.
 *
 *	swap-probe DEVICE READERS ROUNDS WORDS
 *
 * Prints a line a value, SP,what,condition,cpus,unit,value; the condition is "READERS readers" and WORDS. What is
 * faulted in is compared with what was written: a wrong page ends it with a line SP-FAILED.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/swap.h>
#include <time.h>
#include <unistd.h>

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif

enum { PAGE = 4096, PAGES = 512, MOST_READERS = 64, WARM_UP_US = 20000 };

struct reader {
	pthread_t thread;
	unsigned char *memory;
	int number;
	atomic_long longest;
};

static atomic_bool off_runs, finished;

static void fail(const char *what)
{
	printf("SP-FAILED,%s: %s\n", what, strerror(errno));
	fflush(stdout);
	exit(1);
}

static long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000L + t.tv_nsec;
}

static unsigned char *filled(int number)
{
	unsigned char *memory = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		fail("mmap");
	for (int page = 0; page < PAGES; page++)
		memset(memory + page * PAGE, 1 + (number * 37 + page) % 255, PAGE);
	return memory;
}

static void check(const unsigned char *memory, int number, int page)
{
	unsigned char expected = 1 + (number * 37 + page) % 255;

	if (memory[page * PAGE] == expected && memory[page * PAGE + PAGE - 1] == expected)
		return;
	errno = EIO;
	fail("a page came back from swap with other bytes");
}

static void *read_pages(void *own)
{
	struct reader *r = own;

	while (!atomic_load(&finished)) {
		madvise(r->memory, PAGES * PAGE, MADV_PAGEOUT);
		for (int page = 0; page < PAGES; page++) {
			long began = now(), took;

			check(r->memory, r->number, page);
			took = now() - began;
			if (atomic_load(&off_runs) && took > atomic_load(&r->longest))
				atomic_store(&r->longest, took);
		}
	}
	return NULL;
}

static long swapped_kb(void)
{
	char line[256];
	long used = 0, size, kb;
	FILE *swaps = fopen("/proc/swaps", "r");

	if (!swaps)
		fail("/proc/swaps");
	while (fgets(line, sizeof(line), swaps))
		if (sscanf(line, "%*s %*s %ld %ld", &size, &kb) == 2)
			used += kb;
	fclose(swaps);
	return used;
}

static long major_faults(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_majflt;
}

static void tell(const char *what, int readers, const char *words, const char *unit, long value)
{
	printf("SP,%s,%d %s%s,%ld,%s,%ld\n", what, readers, readers == 1 ? "reader" : "readers", words,
	       sysconf(_SC_NPROCESSORS_ONLN), unit, value);
}

static void one_round(const char *device, int count, const char *words)
{
	static struct reader readers[MOST_READERS];
	unsigned char *idle;
	long began, on, off, kb, faults, longest = 0;

	began = now();
	if (swapon(device, 0))
		fail("swapon");
	on = now() - began;

	idle = filled(MOST_READERS);
	madvise(idle, PAGES * PAGE, MADV_PAGEOUT);
	atomic_store(&off_runs, false);
	atomic_store(&finished, false);
	for (int i = 0; i < count; i++) {
		readers[i].number = i;
		readers[i].memory = filled(i);
		atomic_store(&readers[i].longest, 0);
		if (pthread_create(&readers[i].thread, NULL, read_pages, &readers[i]))
			fail("pthread_create");
	}
	usleep(WARM_UP_US);

	kb = swapped_kb();
	faults = major_faults();
	atomic_store(&off_runs, true);
	began = now();
	if (swapoff(device))
		fail("swapoff");
	off = now() - began;
	atomic_store(&off_runs, false);
	faults = major_faults() - faults;

	atomic_store(&finished, true);
	for (int i = 0; i < count; i++) {
		pthread_join(readers[i].thread, NULL);
		if (atomic_load(&readers[i].longest) > longest)
			longest = atomic_load(&readers[i].longest);
		munmap(readers[i].memory, PAGES * PAGE);
	}
	for (int page = 0; page < PAGES; page++)
		check(idle, MOST_READERS, page);
	munmap(idle, PAGES * PAGE);

	tell("swapon", count, words, "ns", on);
	tell("swapoff", count, words, "ns", off);
	tell("in swap as swapoff begins", count, words, "kB", kb);
	tell("major faults during swapoff", count, words, "count", faults);
	if (count)
		tell("longest touch of a page during swapoff", count, words, "ns", longest);
	fflush(stdout);
}

int main(int n, char **words)
{
	int readers, rounds;

	if (n != 5 || (readers = atoi(words[2])) < 0 || readers > MOST_READERS) {
		fprintf(stderr, "usage: swap-probe DEVICE READERS ROUNDS WORDS; 0 to %d readers\n", MOST_READERS);
		return 64;
	}
	rounds = atoi(words[3]);
	while (rounds-- > 0)
		one_round(words[1], readers, words[4]);
	return 0;
}
