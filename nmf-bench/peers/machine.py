"""What figures must be read with: the processor, the versions, and what one core can do at most."""
import importlib
import re
import subprocess


def describe(java):
    """Lines on the machine and on both sides' software."""
    cpu = open("/proc/cpuinfo").read()
    model = re.search(r"model name\s*:\s*(.*)", cpu)
    flags = set(re.search(r"^flags\s*:\s*(.*)", cpu, re.M).group(1).split())
    width = 512 if "avx512f" in flags else 256 if "avx2" in flags else 128
    numbers = [int(re.search(rf"{key}\s*:\s*(\d+)", cpu).group(1)) for key in ("cpu family", "model")]
    version = subprocess.run([java, "-version"], capture_output=True, text=True).stderr.splitlines()
    yield "CPU      %s, family %d model %d, %d-bit vectors, %d cores" % (
        model.group(1) if model else "unknown", *numbers, width, cpu.count("processor\t"))
    yield "Java     " + version[1].strip()
    yield "Python   " + ", ".join(f"{name} {importlib.import_module(name).__version__}" for name in ("numpy", "scipy", "sklearn"))
    yield "BLAS     " + blas()


def blas():
    """The library that NumPy really loaded, for what it was built with says little on Debian."""
    try:
        from threadpoolctl import threadpool_info
        return "; ".join("%s %s, %s, %d thread(s)" % (i["internal_api"], i["version"], i.get("architecture"), i["num_threads"])
                         for i in threadpool_info() if i["user_api"] == "blas")
    except ImportError:
        loaded = {line.split()[-1] for line in open("/proc/self/maps") if re.search(r"blas.*\.so", line)}
        return ", ".join(sorted(loaded)) or "unknown"


def roofline(command):
    """Ceilings by name, from the program Roofline."""
    lines = subprocess.run(command + ["io.github.nmf4j.bench.Roofline"], capture_output=True, text=True, check=True).stdout
    return {name: float(value) for name, value in (line.split() for line in lines.splitlines())}
