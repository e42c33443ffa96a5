import collections, json, math, pathlib, re, struct, sys
import numpy as np

def tensors(file):
    data, types = file.read_bytes(), {"F32": "<f4", "BF16": "<u2", "U16": "<u2", "I32": "<i4", "I8": "i1"}
    start = 8 + struct.unpack("<Q", data[:8])[0]
    entries = {name: entry for name, entry in json.loads(data[8:start]).items() if name != "__metadata__"}
    return {name: np.frombuffer(data[start + entry["data_offsets"][0]:start + entry["data_offsets"][1]],
                                types[entry["dtype"]]).reshape(entry["shape"]) for name, entry in entries.items()}

folder, text = pathlib.Path(sys.argv[1]), sys.argv[2]
rows = lambda name: [line.split("\t") for line in (folder / name).read_text(encoding="utf-8").splitlines()]
model, numbers = json.loads((folder / "model.json").read_text()), tensors(folder / "parameters.safetensors")
words, labels, documents = rows("vocabulary.tsv"), rows("labels.tsv"), model["features"]["documents"]
place = {word: feature for feature, (word, _) in enumerate(words)}
found = collections.Counter(place[word] for word in re.findall(r"\w+", text.lower()) if word in place)
tf = (lambda n: 1 + math.log(n)) if model["settings"]["text"]["logTermFrequency"] else float
weights = np.array([tf(n) * (math.log((1 + documents) / (1 + int(words[f][1]))) + 1) for f, n in found.items()])
hidden = (weights / np.linalg.norm(weights)) @ numbers["table.rows"][list(found)]
scores = numbers["output.bias"] + (numbers["output.weights"] * hidden[numbers["output.indices"]]).sum(axis=1)
for label in np.argsort(-scores, kind="stable")[:5]:
    print(json.dumps({"id": labels[label][0], "name": labels[label][1], "score": float(scores[label])}))
