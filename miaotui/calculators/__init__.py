"""The calculators: what formulas/ says, computed, shown, and held against the numbers of the pages.

formulas/*.yml --definitions--> Calculator --expressions--> trees --evaluate, compute--> values
    trees --page--> JSON for assets/js/calculate.js, which computes the same; --tex, markdown--> what the page shows
    values <--number_links--> what the pages say; <--check--> the worked values
"""
