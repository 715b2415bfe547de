"""`seed_national --communes N --years Y --seed S`: invented data of national size, for benchmarks."""

from django.core.management.base import BaseCommand, CommandError

from scorecards.synthetic.loading import HoldsRealRounds, seed_national

MOST_YEARS = 20


class Command(BaseCommand):
    help = "Fills an empty portal with invented rounds, sheets and plans; the same seed makes the same data."

    def add_arguments(self, parser):
        parser.add_argument("--communes", type=int, required=True)
        parser.add_argument("--years", type=int, required=True)
        parser.add_argument("--seed", type=int, required=True)

    def handle(self, *args, communes, years, seed, **options):
        if communes < 1 or not 1 <= years <= MOST_YEARS or not 0 <= seed < 2**63:
            raise CommandError(
                f"Name at least 1 commune, 1 to {MOST_YEARS} years, and a seed that is not negative."
            )
        try:
            made = seed_national(communes=communes, years=years, seed=seed)
        except HoldsRealRounds as fault:
            raise CommandError("This database holds real rounds. Use an empty one.") from fault
        except ValueError as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(", ".join(f"{count} {name}s" for name, count in made.items()))
