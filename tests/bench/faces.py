"""Face detectors beside ours: a line on stdin asks `NAME<tab>PICTURE`, a line on stdout answers (see src/face/peers.rs)."""

import json
import os
import sys
import time

os.environ["GLOG_minloglevel"] = "2"  # mediapipe's log is no answer

import cv2
import mediapipe

cv2.setNumThreads(1)
haar = cv2.CascadeClassifier(cv2.data.haarcascades + "haarcascade_frontalface_default.xml")
lbp = cv2.CascadeClassifier(sys.argv[1])
assert not haar.empty() and not lbp.empty()
# 0: faces within two metres, which is what a selfie shows.
short_range = mediapipe.solutions.face_detection.FaceDetection(model_selection=0, min_detection_confidence=0.5)


def cascade(classifier, path):
    grey = cv2.imread(path, cv2.IMREAD_GRAYSCALE)
    before = time.thread_time()
    boxes = classifier.detectMultiScale(grey, scaleFactor=1.1, minNeighbors=3, minSize=(80, 80))
    ms = (time.thread_time() - before) * 1e3
    return ms, [[float(side) for side in box] for box in boxes]


def blaze(path):
    rgb = cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB)
    height, width = rgb.shape[:2]
    before = time.process_time()  # it has threads of its own
    found = short_range.process(rgb).detections or []
    ms = (time.process_time() - before) * 1e3
    boxes = [detection.location_data.relative_bounding_box for detection in found]
    return ms, [[box.xmin * width, box.ymin * height, box.width * width, box.height * height] for box in boxes]


detectors = {"haar": lambda path: cascade(haar, path), "lbp": lambda path: cascade(lbp, path), "mediapipe": blaze}
print("ready", flush=True)
for line in sys.stdin:
    name, path = line.rstrip("\n").split("\t", 1)
    ms, boxes = detectors[name](path)
    print(json.dumps({"ms": ms, "boxes": boxes}), flush=True)
