/* SPDX-License-Identifier: GPL-2.0 */
/* V7 as posted: a stop, and the grace period of the swap cache. */
#define STILLPOINT_POSTED
#include "stillpoint-stop.h"
