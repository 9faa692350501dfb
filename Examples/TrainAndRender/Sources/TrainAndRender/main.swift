import WaveGAN

// Trains on a folder of recordings, then makes eight new sounds.
let run = RunFolder("example.run")
var options = TrainingOptions()
options.steps = 40

let training = try TrainingRun(paths: ["Samples"], options: options, folder: run)
try training.train { event in
  if case .step(let progress) = event {
    print("step \(progress.step) of 40, \(Int(progress.remainingSeconds)) s left")
  }
}

let renderer = try Renderer(run: run)
try RenderJob(folder: "example-sounds", count: 8).run(renderer)
