/* SPDX-License-Identifier: MIT
 *
 * published.c - see published.h
 */
#include "published.h"

const struct model_point model_points[] = {
    {"fetch-add", 1, 2.52897, 2.50959, 2.57086, MODEL_TAKEN},
    {"fetch-add", 2, 11.2112, 10.4455, 11.67, MODEL_FITTED},
    {"fetch-add", 4, 24.8847, 21.6504, 35.5595, MODEL_FITTED},
    {"fetch-add", 8, 51.6862, 44.428, 63.0231, MODEL_FITTED},
    {"fetch-add", 16, 115.529, 105.145, 133.477, MODEL_CHECKED},
    {"fetch-add", 32, 268.062, 242.31, 292.772, MODEL_CHECKED},
    {"fetch-add", 64, 584.274, 529.327, 612.88, MODEL_CHECKED},
    {"fetch-add", 128, 1604.99, 1568.07, 1651.26, MODEL_CHECKED},
    {"racy", 1, 0.694145, 0.690334, 0.6997, MODEL_TAKEN},
    {"racy", 2, 2.38498, 1.7296, 2.48946, MODEL_CHECKED},
    {"racy", 4, 5.83926, 5.67369, 6.10516, MODEL_CHECKED},
    {"racy", 8, 13.1432, 12.2479, 14.1929, MODEL_CHECKED},
    {"racy", 16, 28.8704, 26.8402, 31.1709, MODEL_CHECKED},
    {"racy", 32, 68.2381, 64.2242, 72.6399, MODEL_CHECKED},
    {"racy", 64, 163.73, 154.912, 171.163, MODEL_CHECKED},
    {"racy", 128, 353.189, 341.44, 359.521, MODEL_CHECKED},
    {"thread-local", 1, 0.696331, 0.691171, 0.728569, MODEL_CHECKED},
    {"thread-local", 2, 0.694831, 0.690802, 0.720886, MODEL_CHECKED},
    {"thread-local", 4, 0.697096, 0.692156, 0.734242, MODEL_CHECKED},
    {"thread-local", 8, 0.698664, 0.692471, 0.726383, MODEL_CHECKED},
    {"thread-local", 16, 0.701865, 0.694381, 0.717843, MODEL_CHECKED},
    {"thread-local", 32, 0.71588, 0.696231, 0.785623, MODEL_CHECKED},
    {"thread-local", 64, 0.758215, 0.721812, 0.816143, MODEL_CHECKED},
    {"thread-local", 128, 1.06861, 1.04166, 1.12591, MODEL_CHECKED},
};

const size_t model_n_points = sizeof model_points / sizeof model_points[0];

const char *model_role_text(enum model_role role)
{
    switch (role) {
    case MODEL_TAKEN: return "taken";
    case MODEL_FITTED: return "fitted";
    default: return "check";
    }
}
