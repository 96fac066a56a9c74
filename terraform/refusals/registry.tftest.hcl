# What modules/registry refuses. A run breaks one rule of each variable that it names, and no other; all else is as above.
# terraform/test makes rules/registry of the module's variables alone: to refuse, nobody has to know what the cloud has.
variables {
  images      = ["gateway", "wallet"]
  kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000000"
}

run "first" {
  command = plan
  module {
    source = "./rules/registry"
  }
  variables {
    # prefix: a prefix with a slash
    prefix = "rookery/"
    # images: no images
    images = []
    # keep_images: one image that is kept
    keep_images = 1
  }
  expect_failures = [
    var.prefix,
    var.images,
    var.keep_images,
  ]
}
