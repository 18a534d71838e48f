// Runs after all others: shows where the learner left off.

render(false);
document.documentElement.classList.add("ready");
