/* SPDX-License-Identifier: GPL-2.0 */
/* What the designs share. A design may define any of these names itself, before it includes this file. */
#include <linux/rcupdate.h>
#include <linux/stop_machine.h>

/* A device that may be used has this bit: unused in Linux 6.1, and the one that the patch had taken for it in 2019. */
#define STILLPOINT_VALID (1UL << 13)

void stillpoint_put_swap_device(struct swap_info_struct *si)
{
	stillpoint_put(si);
}

#ifndef stillpoint_valid
static inline bool stillpoint_valid(struct swap_info_struct *si)
{
	return READ_ONCE(si->flags) & STILLPOINT_VALID;
}

static inline void stillpoint_mark(struct swap_info_struct *p, bool valid)
{
	spin_lock(&swap_lock);
	spin_lock(&p->lock);
	if (valid)
		p->flags |= STILLPOINT_VALID;
	else
		p->flags &= ~STILLPOINT_VALID;
	spin_unlock(&p->lock);
	spin_unlock(&swap_lock);
}

/* swapon: all fields are set; swapoff: they are taken away soon. */
static inline void stillpoint_publish(struct swap_info_struct *p, unsigned char *map)
{
	stillpoint_wait();
	stillpoint_mark(p, true);
}

static inline void stillpoint_retract(struct swap_info_struct *p)
{
	stillpoint_mark(p, false);
	stillpoint_wait();
}

#define stillpoint_early(map) (map)
#define stillpoint_clear(p) do { } while (0)
#define stillpoint_map(p) ((p)->swap_map)
#define stillpoint_clusters(p) ((p)->cluster_info)
#endif

#ifndef stillpoint_before_cache_ends
#define stillpoint_before_cache_ends() do { } while (0)
#endif
